import { fileStem } from '../../shared/text/file-name.ts'
import { percent } from '../../shared/format/numbers.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { meanCell, type Table } from '../../shared/tables/table.ts'
import { meanOver } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { SeriesWhatIf, WhatIfQuestion } from './schema.ts'
import { whatIfNote } from './note.ts'

/** What leaves at each exit under the thresholds, and how good it is there. */
export function table(answer: SeriesWhatIf, question: Pick<WhatIfQuestion, 'thresholds'>): Table {
  const { experiment, series, exits, runs, backboneCost, cost } = answer
  const metric = primaryMetric(answer)
  return {
    name: fileStem([`${experiment} ${series}`], 'what-if'),
    caption:
      `Samples by exit: ${whatIfNote(answer, question)}. Cost of each exit and of the mean sample (${percent(cost.mean / backboneCost)} %) in % of the ` +
      `backbone, and ${metric.noun} of the samples that leave there and of all; ${meanOver([runs.length])}.`,
    keys: ['experiment', 'series', 'exit'].map((name) => ({ name })),
    heads: [{ title: 'Exit', align: 'left' }],
    dimensions: ['quantity'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: [
      { ids: ['cost'], name: 'cost (%)', title: 'Cost (%)', kind: 'number' },
      { ids: ['samples'], name: 'samples (%)', title: 'Samples (%)', kind: 'number' },
      {
        ids: [metric.name],
        name: withUnit(metric.noun, metric),
        title: withUnit(`${metric.title} among them`, metric),
        kind: 'number',
      },
    ],
    blocks: [
      {
        title: null,
        rows: exits.map(({ exit, block, fraction, leaving, value }) => ({
          keys: [experiment, series, block === null ? 'final' : exit],
          heads: [block === null ? 'final' : `exit ${exit}`],
          cells: [
            meanCell({ mean: 100 * fraction, std: null }, 1),
            meanCell(leaving, 1),
            value && meanCell(value, metric.decimals),
          ],
        })),
      },
    ],
  }
}
