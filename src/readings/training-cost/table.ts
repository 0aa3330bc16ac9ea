import { comparisonStem } from '../../shared/text/file-name.ts'
import { macsColumn } from '../../shared/evaluation/macs-column.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { bestText, fixed, meanCell, rounded, type Table, type TableCell } from '../../shared/tables/table.ts'
import {
  budgetColumn,
  meanOver,
  ofCompared,
  readingSentences,
  regimeHead,
  seriesColumn,
  seriesTitle,
} from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { seriesMark } from '../series-mark.ts'
import type { SeriesTraining, TrainingCostAnswer } from './schema.ts'
import { sharedSentence } from './words.ts'

/** Epochs, multiply-adds and hours of the training of each series, and what it is worth at the budgets. */
export function table(answer: TrainingCostAnswer): Table {
  const { series: rows, budgets, readOn = 'test' } = answer
  const metric = primaryMetric(answer)
  const known = rows.flatMap(({ macs }) => macs?.mean ?? [])
  const cost = macsColumn(Math.max(0, ...known), 'macs')
  const least = known.length > 1 ? Math.min(...known) : null
  const time = rows.some(({ seconds }) => seconds.mean >= 3600) ? 3600 : 60
  const column = seriesColumn(rows)
  const counts = rows.map(({ seeds }) => seeds.length)
  const bests = budgets.map((_, b) =>
    bestText(
      metric,
      rows.flatMap(({ cells }) => cells[b]?.mean ?? []),
    ),
  )
  return {
    name: comparisonStem(rows, 'training-cost'),
    caption:
      `Training cost${ofCompared(rows)}: epochs of all phases, multiply-adds of all training steps, forward and backward, and hours of the epochs as measured; ` +
      `validation counts in hours alone. Beside it ${withUnit(`${readOn} ${metric.noun}`, metric)} within budgets in % of the backbone’s inference cost; ${meanOver(counts)}. ` +
      readingSentences(answer),
    emphasis: 'best of each budget',
    legend: sharedSentence(answer),
    ...(known.length < rows.length && {
      notes: ['–: an earlier version trained it, which did not record the number of steps.'],
    }),
    keys: [{ name: 'experiment' }, { name: 'regime' }, ...column.key, { name: 'n' }],
    heads: [{ title: seriesTitle(rows), align: 'left' }],
    dimensions: ['quantity'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: [
      { ids: ['epochs'], name: 'epochs', title: 'Epochs', kind: 'number' },
      { ids: ['multiply-adds'], name: 'multiply-adds', title: cost.title, kind: 'number' },
      { ids: ['times cheapest'], name: 'times cheapest', title: '× cheapest', kind: 'number' },
      { ids: ['hours'], name: 'hours', title: time === 3600 ? 'Hours' : 'Minutes', kind: 'number' },
      ...budgets.map((budget) => ({
        ...budgetColumn(budget),
        name: `${metric.noun} within ${budgetColumn(budget).name}`,
      })),
    ],
    blocks: [
      {
        title: null,
        rows: rows.map((row) => ({
          keys: [row.experiment, row.regime, ...column.of(row), row.seeds.length],
          heads: [regimeHead(row.series, row.seeds.length, counts)],
          series: seriesMark(row),
          cells: [
            meanCell(row.epochs, 1),
            row.macs && macsCell(row.macs, cost.valueOf),
            row.macs && least !== null ? meanCell({ mean: row.macs.mean / least, std: null }, 2) : null,
            timeCell(row.seconds, time),
            ...row.cells.map(
              (cell, b) => cell && meanCell(cell, metric.decimals, fixed(cell.mean, metric.decimals) === bests[b]),
            ),
          ],
        })),
      },
    ],
  }
}

/** In files in hours; printed in minutes where no series took an hour. */
function timeCell({ mean, std }: SeriesTraining['seconds'], printed: number): TableCell {
  const over = (unit: number) => ({ mean: mean / unit, std: std === null ? null : std / unit })
  return { ...meanCell(over(printed), 2), values: meanCell(over(3600), 4).values }
}

/** In files to the last multiply-add, printed in the unit of the column. */
function macsCell({ mean, std }: NonNullable<SeriesTraining['macs']>, valueOf: (macs: number) => number): TableCell {
  const shown = meanCell({ mean: valueOf(mean), std: std === null ? null : valueOf(std) }, 3)
  return { ...shown, values: [rounded(mean, 0), rounded(std, 0)] }
}
