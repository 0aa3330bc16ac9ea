import { fileStem } from '../../shared/text/file-name.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { meanCell, textCell, type Table } from '../../shared/tables/table.ts'
import { capitalised, meanOver, ofSubject, readingSentences, regimeHead } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { seriesMark } from '../series-mark.ts'
import type { SweptValues } from '../sweep.ts'
import { sweptTitle } from '../sweep-words.ts'

/** A row for each series with a column for each of its settings, the best first. */
export function table(answer: SweptValues): Table {
  const { factors, series } = answer
  const metric = primaryMetric(answer)
  const quantity = `${capitalised(answer.readOn ?? 'test')} ${metric.noun}`
  const names = [...new Set(series.map(({ experiment }) => experiment))]
  const counts = series.map(({ seeds }) => seeds.length)
  return {
    name: fileStem(names, 'settings'),
    caption: `${sweptTitle(answer)} of all settings${ofSubject(names)}, the best first: ${meanOver(counts)}. ${readingSentences(answer)}`,
    keys: [{ name: 'rank' }, { name: 'experiment' }, { name: 'series' }, { name: 'n' }],
    heads: [{ title: 'Series', align: 'left' }],
    dimensions: ['quantity'],
    measures: [
      { name: 'value', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: [
      ...factors.map(({ path, name }) => ({
        ids: [path],
        name: path,
        title: capitalised(name),
        kind: 'text' as const,
      })),
      { ids: [metric.name], name: metric.name, title: withUnit(quantity, metric), kind: 'number' },
    ],
    blocks: [
      {
        title: null,
        rows: series.map((row, place) => ({
          keys: [place + 1, row.experiment, row.series, row.seeds.length],
          heads: [regimeHead(row.series, row.seeds.length, counts)],
          series: seriesMark(row),
          cells: [
            ...factors.map(({ levels }, f) => textCell(levels[row.levels[f]!]!)),
            meanCell(meanStd(row.values), metric.decimals, place === 0),
          ],
        })),
      },
    ],
  }
}
