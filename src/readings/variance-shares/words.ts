import { fewestTestedPairs } from '../../shared/statistics/paired.ts'
import { budgetColumn } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { VarianceScope, VarianceSharesAnswer } from './schema.ts'

/** `Variance of test accuracy at 50 %`. */
export function varianceTitle(answer: VarianceSharesAnswer): string {
  const { budget } = answer
  const where = budget === null ? 'without a budget' : `at ${budgetColumn(budget).title}`
  return `Variance of ${answer.readOn ?? 'test'} ${primaryMetric(answer).noun} ${where}`
}

/** `All series: regime 95 %, learning rate 2 %, seeds 1 %.` */
export function scopeSentence({ title, shares, caveat }: VarianceScope): string {
  const words = shares.map(({ name, share }) => `${name} ${share.toFixed(1)} %`)
  return `${title}: ${caveat ?? `${words.join(', ')}.`}`
}

/** What the intervals are, of a caption; they need three seeds. */
export const intervalWords = ({ scopes }: Pick<VarianceSharesAnswer, 'scopes'>): string =>
  hasIntervals(scopes)
    ? 'with 95\u00a0% intervals by the jackknife over seeds.'
    : `without intervals, which take ${fewestTestedPairs} seeds.`

export const hasIntervals = (scopes: readonly VarianceScope[]): boolean =>
  scopes.some(({ shares }) => shares.some(({ interval }) => interval !== null))
