import { fewestTestedPairs, type PairedDifference } from '../../../shared/paired.ts'
import { mean, standardDeviation } from '../../../shared/statistics.ts'
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
  const differences = first.map((value, i) => value - second[i]!)
  const pairCount = differences.length
  const difference = mean(differences)
  const deviation = standardDeviation(differences)
  const largest = Math.max(...first.map(Math.abs), ...second.map(Math.abs))
  const few = pairCount < fewestTestedPairs ? 'few-seeds' : null
  if (deviation === null || deviation <= rounding * largest)
    return { difference, low: null, high: null, p: null, untested: few ?? 'equal-differences', pairCount }
  const error = deviation / Math.sqrt(pairCount)
  const margin = criticalT(confidence, pairCount - 1) * error
  const p = few === null ? twoSidedP(difference / error, pairCount - 1) : null
  return { difference, low: difference - margin, high: difference + margin, p, untested: few, pairCount }
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
