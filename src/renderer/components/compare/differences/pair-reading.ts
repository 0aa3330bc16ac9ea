import type { Metric } from '../../../../shared/metric.ts'
import type { RegimeDifference, RegimeDifferences, UntestedReason } from '../../../../shared/regime-differences.ts'

/** Whether one regime is better or worse than another beyond what chance explains. */
export type SignificanceMark = 'better' | 'worse' | 'neither'

/** How far one regime is above another at one budget in the primary metric on test samples, in its unit (% in points). */
export interface PairReading {
  difference: number
  /** Ends of the two-sided 95 % interval; null with one pair, and where the differences do not vary. */
  low: number | null
  high: number | null
  /** p after Holm's correction for all pairs at this budget; null where it is not tested. */
  adjustedP: number | null
  /** Why it is not tested; null: it is. */
  untested: UntestedReason | null
  pairCount: number
  /** null where it is not tested. */
  mark: SignificanceMark | null
  metric: Metric
}

/** Below which p (Holm) a difference is marked. */
const significanceLevel = 0.05

/** The pairs at a budget (null: Unlimited). */
export function pairsAt(differences: RegimeDifferences, budget: number | null): readonly RegimeDifference[] {
  return differences.find((each) => each.budget === budget)?.pairs ?? []
}

/** `regime − against` whichever way round the pair is listed; null where it is not. */
export function pairReading(
  pairs: readonly RegimeDifference[],
  { experiment, regime, against, metric }: { experiment: string; regime: string; against: string; metric: Metric },
): PairReading | null {
  const listed = (first: string, second: string) =>
    pairs.find((pair) => pair.experiment === experiment && pair.first === first && pair.second === second)
  const straight = listed(regime, against)
  if (straight) return readingOf(straight, metric)
  const turned = listed(against, regime)
  return turned ? readingOf(turnedRound(turned), metric) : null
}

/** A pair as it is listed: `first − second`. */
export function readingOf(pair: PairNumbers, metric: Metric): PairReading {
  const { difference, low, high, adjustedP, untested, pairCount } = pair
  return { difference, low, high, adjustedP, untested, pairCount, mark: markOf(pair, metric), metric }
}

type PairNumbers = Pick<RegimeDifference, 'difference' | 'low' | 'high' | 'adjustedP' | 'untested' | 'pairCount'>

function turnedRound({ difference, low, high, ...rest }: RegimeDifference): PairNumbers {
  return { ...rest, difference: -difference, low: high === null ? null : -high, high: low === null ? null : -low }
}

function markOf({ difference, adjustedP }: PairNumbers, { higherIsBetter }: Metric): SignificanceMark | null {
  if (adjustedP === null) return null
  if (adjustedP >= significanceLevel) return 'neither'
  return difference > 0 === higherIsBetter ? 'better' : 'worse'
}
