import { fileStem } from '../../shared/file-name.ts'
import { withUnit } from '../../shared/metric.ts'
import { readOnSentences } from '../../shared/read-on.ts'
import { meanStd } from '../../shared/statistics.ts'
import { fixed, rounded, textCell, type Table } from '../../shared/table.ts'
import {
  budgetColumn,
  capitalised,
  meanOver,
  ofSubject,
  readingSentence,
  regimeHead,
} from '../../shared/table-words.ts'
import { primaryMetric } from '../../shared/task.ts'
import { seriesMark } from '../series-mark.ts'
import type { ParallelCoordinatesAnswer } from './schema.ts'

/** A row for each series with a column for each of its settings, the best first. */
export function table(answer: ParallelCoordinatesAnswer): Table {
  const { factors, series, budget } = answer
  const metric = primaryMetric(answer)
  const quantity = `${capitalised(answer.readOn ?? 'test')} ${metric.noun}`
  const where = budget === null ? '' : ` at ${budgetColumn(budget).title}`
  const names = [...new Set(series.map(({ experiment }) => experiment))]
  const counts = series.map(({ seeds }) => seeds.length)
  return {
    name: fileStem(names, 'settings'),
    caption: `${withUnit(`${quantity}${where}`, metric)} of all settings${ofSubject(names)}, the best first: ${meanOver(counts)}. ${[`${readingSentence(answer)}.`, ...readOnSentences(answer)].join(' ')}`,
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
        rows: series.map((row, place) => {
          const { mean, std } = meanStd(row.values)
          return {
            keys: [place + 1, row.experiment, row.series, row.seeds.length],
            heads: [regimeHead(row.series, row.seeds.length, counts)],
            series: seriesMark(row),
            cells: [
              ...factors.map(({ levels }, f) => textCell(levels[row.levels[f]!]!)),
              {
                values: [rounded(mean, 4), rounded(std, 4)],
                printed: {
                  text: fixed(mean, metric.decimals),
                  spread: std === null ? null : std.toFixed(metric.decimals),
                  bold: place === 0,
                },
              },
            ],
          }
        }),
      },
    ],
  }
}
