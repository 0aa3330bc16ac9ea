import { type CostUnit, macs as macsText, measuredCostOf, unitOf } from '../../../shared/evaluation/cost-kind.ts'
import { none, percent, signed } from '../../../shared/format/numbers.ts'
import type { Metric } from '../../../shared/methods/metric.ts'
import { fixed, plain, printedMean, rounded, type TableCell } from '../../../shared/tables/table.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import { markSigns, pairOf, pairsAt, pairSentence, type Pair } from '../../differences/pair.ts'
import { costFraction } from '../schema.ts'
import type { BudgetCell, BudgetRow, BudgetsAnswer, PublishedCell } from '../schema.ts'

interface CellContext {
  /** Index of the budget. */
  b: number
  cell: BudgetCell | null
  best: string | null
  metric: Metric
  unit: CostUnit
}

/** null where nothing is within the budget, and nothing was published at it. */
export function tableCell(answer: BudgetsAnswer, row: BudgetRow, context: CellContext): TableCell | null {
  const { b, cell, best, metric, unit } = context
  const published = row.published?.[b] ?? null
  if (cell === null && published === null) return null
  const { decimals } = metric
  const pair = pairAt(answer, row, { b, metric })
  const sign = pair?.mark ? markSigns[pair.mark] : null
  const value = cell && printedMean(cell, decimals)
  return {
    values: [
      ...measuredValues(answer, row, { cell, metric }),
      ...(answer.published ? [published?.mean ?? null, published?.std ?? null] : []),
    ],
    printed: {
      ...(value ?? { text: none, spread: null }),
      bold: value !== null && value.text === best,
      ...(sign !== null && { mark: sign }),
      ...(published && { below: belowOf(published, metric) }),
    },
    ...(pair && { detail: { sentence: pairSentence(pair, pair.against), sign, interval: null, texts: [] } }),
    ...(cell && { note: costWords(answer, row, { cell, unit }) }),
  }
}

function measuredValues(
  answer: BudgetsAnswer,
  row: BudgetRow,
  { cell, metric: { decimals } }: { cell: BudgetCell | null; metric: Metric },
) {
  // Measured costs have digits that count.
  const digits = measuredCostOf(answer) ? 6 : 0
  return [
    rounded(cell?.mean, decimals + 2),
    rounded(cell?.std, decimals + 2),
    rounded(cell?.cost, digits),
    cell && rounded(costFraction(cell, row), 6),
  ]
}

/** Against the series that all are tested against, named `against`; null for itself and where pairs are missing. */
export function pairAt(
  { marks, budgets }: BudgetsAnswer,
  { experiment, series }: BudgetRow,
  { b, metric }: { b: number; metric: Metric },
): (Pair & { against: string }) | null {
  if (!marks) return null
  const pairs = pairsAt(marks, budgets[b]!)
  const against = marks.against ?? pairs.find((pair) => pair.experiment === experiment)?.second
  if (against === undefined || series === against) return null
  const pair = pairOf(pairs, { experiment, series, against, metric })
  return pair && { ...pair, against }
}

function belowOf(published: PublishedCell, { decimals, higherIsBetter }: Metric) {
  const { gain } = published
  const text = gain === null ? null : signed(gain, decimals)
  const tone = !/^[+−]/.test(text ?? '') ? 'none' : text!.startsWith('+') === higherIsBetter ? 'good' : 'bad'
  return {
    ...printedMean(published, decimals),
    gain: text === null ? null : ({ text, tone } as const),
  }
}

/** `Mean cost 24.3 % of the backbone (1.25 M multiply-adds)` */
function costWords(of: BudgetsAnswer, row: BudgetRow, { cell, unit }: { cell: BudgetCell; unit: CostUnit }): string {
  const share = `Mean cost ${percent(costFraction(cell, row))} % of the backbone`
  return cell.cost === null ? share : `${share} (${macsText(cell.cost, unitOf(of, unit))})`
}

/** Cells of one seed alone. */
export function seedCells(answer: BudgetsAnswer, row: BudgetRow, seed: number): (TableCell | null)[] {
  const metric = primaryMetric(answer)
  const unknown = answer.published ? [null, null] : []
  return row.seedCells[seed]!.map(
    (cell) =>
      cell && {
        values: [...measuredValues(answer, row, { cell, metric }), ...unknown],
        printed: plain(fixed(cell.mean, metric.decimals)),
      },
  )
}
