import { fewestTestedPairs, type RegimeDifference, type RegimeDifferences } from '../../../shared/regime-differences.ts'
import type { ReadingOptions } from './budget-reading.ts'
import { readBudget } from './budget-reading.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { sharedOf, type EvaluationSummary } from './evaluation-summary.ts'
import { mean, standardDeviation } from '../../../shared/statistics.ts'
import { criticalT, twoSidedP } from './student.ts'

/** Mean of paired differences with its two-sided t interval and p value, or why there are none. */
export type PairedDifference = Pick<RegimeDifference, 'difference' | 'low' | 'high' | 'p' | 'untested' | 'pairCount'>

/** Differences whose deviation is below this share of the values are equal but for the rounding of the values. */
const rounding = 1e-12

/**
 * Paired t statistics of `first − second`, pair by pair (method 7.10): `d̄ ± t_{n−1} · s / √n`, and p of `t = d̄ √n / s`. Below three
 * pairs there is no p, with one no interval; where the differences are all equal there is neither.
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
  const largest = Math.max(...first.map(Math.abs), ...second.map(Math.abs))
  if (deviation === null || deviation <= rounding * largest)
    return {
      difference,
      low: null,
      high: null,
      p: null,
      untested: reasonOf(pairCount) ?? 'equal-differences',
      pairCount,
    }
  const error = deviation / Math.sqrt(pairCount)
  const margin = criticalT(confidence, pairCount - 1) * error
  const untested = reasonOf(pairCount)
  const p = untested === null ? twoSidedP(difference / error, pairCount - 1) : null
  return { difference, low: difference - margin, high: difference + margin, p, untested, pairCount }
}

const reasonOf = (pairCount: number) => (pairCount < fewestTestedPairs ? 'few-seeds' : null)

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
