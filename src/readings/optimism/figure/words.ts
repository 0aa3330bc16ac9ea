import { nameAmong } from '../../../figures/series-lines.ts'
import type { MeanStd } from '../../../shared/evaluation/evaluation.ts'
import { none, signed } from '../../../shared/format/numbers.ts'
import { gainOf } from '../../../shared/methods/metric.ts'
import { capitalised } from '../../../shared/tables/table-words.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { OptimismAnswer } from '../schema.ts'

/** Text description of the figure. */
export function optimismSentence({ task, budgets, rows }: OptimismAnswer): string {
  const metric = primaryMetric({ task })
  const atBudgets = budgets.map((budget, b) => {
    const gaps = rows.map((row) => `${nameAmong(row, rows)} ${gapText(row.gaps[b] ?? null, metric.decimals)}`)
    return `${budgetHeading(budget)}: ${gaps.join(', ')}`
  })
  return `${capitalised(gainOf(metric))} gained by choosing thresholds on the test set. ${atBudgets.join('. ')}.`
}

export function axisTitle(data: OptimismAnswer): string {
  const { title, noun, unit } = primaryMetric(data)
  const how = 'by choosing thresholds on test'
  const gained = unit === '%' ? `${title} gained ${how} (points)` : `Improvement of ${noun} ${how}`
  if (!isZero(data)) return gained
  return `${gained}: no optimism at ${data.budgets.length === 1 ? 'this budget' : 'these budgets'}`
}

/** Whether there are gaps and all of them are zero, as far as they are printed. */
export function isZero(data: OptimismAnswer): boolean {
  const { decimals } = primaryMetric(data)
  const gaps = data.rows.flatMap((row) => row.gaps.flatMap((gap) => gap ?? []))
  const isNothing = (value: number | null) => Number((value ?? 0).toFixed(decimals)) === 0
  return gaps.length > 0 && gaps.every(({ mean, std }) => isNothing(mean) && isNothing(std))
}

export function budgetHeading(budget: number | null): string {
  return budget === null ? 'Unlimited budget' : `${Number((100 * budget).toFixed(2))}\u00a0% budget`
}

export const gapText = (gap: MeanStd | null, decimals: number): string =>
  gap === null ? none : signed(gap.mean, decimals)
