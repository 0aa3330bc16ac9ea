import { fewestTestedPairs, type PairedDifference } from '../../shared/statistics/paired.ts'
import { mean, standardDeviation, sum } from '../../shared/statistics/statistics.ts'
import { criticalT, twoSidedP } from './student.ts'

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
  return meanPairedDifference([{ weight: 1, first, second }], confidence)
}

/** Pairs that are independent of those of other samples, and the weight of their mean difference among them. */
interface PairedSample {
  weight: number
  first: readonly number[]
  second: readonly number[]
}

/**
 * The weighted mean `Σ w d̄` of the mean differences of independent samples of pairs; the weights add up to 1. Its standard error is
 * `e = √Σ e_i²` with `e_i = w s / √n`, and t has the degrees of freedom of Welch and Satterthwaite, `e⁴ / Σ e_i⁴/(n − 1)`. The sample
 * with the fewest pairs decides whether there are an interval and a p.
 */
export function meanPairedDifference(samples: readonly PairedSample[], confidence = 0.95): PairedDifference {
  const parts = samples.map(partOf)
  const difference = sum(parts.map((part) => part.difference))
  const error = Math.hypot(...parts.map((part) => part.error ?? NaN))
  const pairCount = Math.min(...parts.map((part) => part.pairCount))
  const few = pairCount < fewestTestedPairs ? 'few-seeds' : null
  if (!(error > 0))
    return { difference, low: null, high: null, p: null, untested: few ?? 'equal-differences', pairCount }
  const freedom = 1 / sum(parts.map((part) => (part.error! / error) ** 4 / (part.pairCount - 1)))
  const margin = criticalT(confidence, freedom) * error
  const p = few === null ? twoSidedP(difference / error, freedom) : null
  return { difference, low: difference - margin, high: difference + margin, p, untested: few, pairCount }
}

/** What a sample adds to the mean, and the standard error of that; null with one pair. */
function partOf({ weight, first, second }: PairedSample) {
  const differences = first.map((value, i) => value - second[i]!)
  const pairCount = differences.length
  const deviation = standardDeviation(differences)
  const largest = Math.max(...first.map(Math.abs), ...second.map(Math.abs))
  const isEqual = deviation !== null && deviation <= rounding * largest
  const error = deviation === null ? null : isEqual ? 0 : (weight * deviation) / Math.sqrt(pairCount)
  return { difference: weight * mean(differences), error, pairCount }
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
