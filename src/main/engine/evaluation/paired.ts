import type { RegimeDifference, RegimeDifferences } from '../../../shared/regime-differences.ts'
import type { ReadingOptions } from './budget-reading.ts'
import { readBudget } from './budget-reading.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { sharedOf, type EvaluationSummary } from './evaluation-summary.ts'
import { mean, standardDeviation } from '../../../shared/statistics.ts'
import { criticalT, twoSidedP } from './student.ts'

/** Mean of paired differences with its two-sided t interval and p value; these are null with fewer than two pairs. */
export type PairedDifference = Pick<RegimeDifference, 'difference' | 'low' | 'high' | 'p' | 'pairCount'>

/**
 * Paired t statistics of `first − second`, pair by pair: `d̄ ± t_{n−1} · s / √n`. Where all differences are equal the
 * interval is a point, and p is 0, or 1 if they are all zero.
 */
export function pairedDifference(
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): PairedDifference {
  const differences = first.map((value, i) => value - second[i]!)
  const pairCount = differences.length
  const difference = mean(differences)
  const deviation = standardDeviation(differences)
  if (deviation === null) return { difference, low: null, high: null, p: null, pairCount }
  const error = deviation / Math.sqrt(pairCount)
  const margin = criticalT(confidence, pairCount - 1) * error
  const p = difference === 0 ? 1 : twoSidedP(difference / error, pairCount - 1)
  return { difference, low: difference - margin, high: difference + margin, p, pairCount }
}

/** Every pair of regimes within each experiment, budget by budget. Throws `conflict` as `groupRuns` does. */
export function differencesAtBudgets(
  runs: readonly EvaluationSummary[],
  { budgets, ...options }: ReadingOptions & { budgets: readonly (number | null)[] },
): RegimeDifferences {
  const groups = groupRuns(runs)
  return budgets.map((budget) => ({
    budget,
    ...sharedOf(runs[0]),
    pairs: regimeDifferences(groups, budget, options),
  }))
}

/** Every pair of regimes within each experiment at one budget, over the seeds that both have. Pairs without a common seed or a reading are left out. */
export function regimeDifferences(
  groups: readonly SeriesGroup<EvaluationSummary>[],
  budget: number | null,
  options: ReadingOptions,
): RegimeDifference[] {
  const experiments = [...new Set(groups.map((group) => group.experiment))]
  return experiments.flatMap((experiment) => {
    const members = groups.filter((group) => group.experiment === experiment)
    const pairs = members.flatMap((first, i) =>
      members.slice(i + 1).flatMap((second) => differenceOf(first, second, { budget, ...options })),
    )
    const adjusted = holm(pairs.map((pair) => pair.p))
    return pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! }))
  })
}

function differenceOf(
  first: SeriesGroup<EvaluationSummary>,
  second: SeriesGroup<EvaluationSummary>,
  options: ReadingOptions & { budget: number | null },
) {
  const [one, other] = [first, second].map((group) => readBudget(group, options.budget, options))
  if (!one || !other) return []
  const seeds = one.seeds.filter((seed) => other.seeds.includes(seed))
  if (seeds.length === 0) return []
  const [ofFirst, ofSecond] = [one, other].map(({ seeds: all, values }) =>
    seeds.map((seed) => values[all.indexOf(seed)]!),
  )
  const names = { experiment: first.experiment, first: first.series, second: second.series }
  return [{ ...names, ...pairedDifference(ofFirst!, ofSecond!) }]
}

/** Holm's step-down correction: the i-th smallest of m p values times m − i, made monotone and at most 1. null stays null. */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const order = values.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p)
  const adjusted: (number | null)[] = values.map(() => null)
  let largest = 0
  order.forEach(({ p, index }, i) => {
    largest = Math.max(largest, Math.min(1, p * (order.length - i)))
    adjusted[index] = largest
  })
  return adjusted
}
