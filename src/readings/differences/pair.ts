import { plural, signed } from '../../shared/format/numbers.ts'
import { differenceUnit, type Metric } from '../../shared/methods/metric.ts'
import { pText, untestedReasons, untestedWords } from '../../shared/statistics/paired.ts'
import type { DifferencesAnswer, SeriesDifference } from './schema.ts'

/** Whether one series is better or worse than another beyond what chance explains. */
type SignificanceMark = 'better' | 'worse' | 'neither'

/** How far one series is above another at one budget, as it is shown. */
export interface Pair extends Pick<
  SeriesDifference,
  'difference' | 'low' | 'high' | 'adjustedP' | 'untested' | 'pairCount'
> {
  /** null where it is not tested. */
  mark: SignificanceMark | null
  metric: Metric
}

/** Below which corrected p a difference is marked. */
export const significanceLevel = 0.05

/** How p is corrected: of pairs with the best at each budget, which is chosen by the same values (method 7.16), or of all pairs (method 7.10). */
export const correctionWords = (isWithBest: boolean) =>
  isWithBest
    ? 'Bonferroni’s correction for all pairs with the best at a budget'
    : 'Holm’s correction for all pairs of series at a budget'

export const markSigns: Record<SignificanceMark, string> = { better: '▲', worse: '▽', neither: '·' }

/** The pairs at a budget (null: Unlimited). */
export function pairsAt(
  { atBudgets }: Pick<DifferencesAnswer, 'atBudgets'>,
  budget: number | null,
): readonly SeriesDifference[] {
  return atBudgets.find((each) => each.budget === budget)?.pairs ?? []
}

/** `series − against` whichever way round the pair is listed; null where it is not. */
export function pairOf(
  pairs: readonly SeriesDifference[],
  { experiment, series, against, metric }: { experiment: string; series: string; against: string; metric: Metric },
): Pair | null {
  const listed = (first: string, second: string) =>
    pairs.find((pair) => pair.experiment === experiment && pair.first === first && pair.second === second)
  const straight = listed(series, against)
  if (straight) return shownPair(straight, metric)
  const turned = listed(against, series)
  return turned ? shownPair(turnedRound(turned), metric) : null
}

/** A pair as it is listed: `first − second`. */
export function shownPair(pair: SeriesDifference, metric: Metric): Pair {
  const { difference, low, high, adjustedP, untested, pairCount } = pair
  return { difference, low, high, adjustedP, untested, pairCount, mark: markOf(pair, metric), metric }
}

function turnedRound({ difference, low, high, ...rest }: SeriesDifference): SeriesDifference {
  return { ...rest, difference: -difference, low: high === null ? null : -high, high: low === null ? null : -low }
}

function markOf(
  { difference, adjustedP }: Pick<Pair, 'difference' | 'adjustedP'>,
  { higherIsBetter }: Metric,
): SignificanceMark | null {
  if (adjustedP === null) return null
  if (adjustedP >= significanceLevel) return 'neither'
  return difference > 0 === higherIsBetter ? 'better' : 'worse'
}

/** `+1.20 … +6.04`; null where there is no interval. */
export function intervalText({ low, high, metric }: Pick<Pair, 'low' | 'high' | 'metric'>): string | null {
  const { decimals } = metric
  return low === null || high === null ? null : `${signed(low, decimals)} … ${signed(high, decimals)}`
}

/** "3.62 points above joint, 95 % interval +1.20 … +6.04, corrected p = 0.003 over 3 seeds" */
export function pairSentence(pair: Pair, against: string): string {
  const { difference, adjustedP, untested, pairCount, metric } = pair
  const size = `${Math.abs(difference).toFixed(metric.decimals)} ${differenceUnit(metric)}`
  const points =
    difference === 0
      ? `equal to ${against}`
      : `${size} ${difference < 0 ? 'below' : 'above'} ${against}${directionIn(pair)}`
  const range = intervalText(pair)
  const interval = range === null ? '' : `, 95 % interval ${range}`
  const seeds = ` over ${plural(pairCount, 'seed')}`
  if (untested !== null) return `${points}${interval}${seeds}; not tested: ${untestedWords[untested]}`
  const p = adjustedP! < 0.001 ? 'p < 0.001' : `p = ${pText(adjustedP!)}`
  return `${points}${interval}, corrected ${p}${seeds}`
}

/** `Not tested: fewer than 3 seeds are paired.`; null where every pair is tested. */
export function untestedSentence(pairs: readonly Pick<Pair, 'untested'>[]): string | null {
  const reasons = untestedReasons.filter((reason) => pairs.some(({ untested }) => untested === reason))
  if (reasons.length === 0) return null
  const which = pairs.every(({ untested }) => untested !== null) ? 'Not tested' : 'Without p'
  return `${which}: ${reasons.map((reason) => untestedWords[reason]).join(', or ')}.`
}

/** Of a metric that is better when lower, what the difference means. */
function directionIn({ difference, metric }: Pair): string {
  if (metric.higherIsBetter) return ''
  return ` (${difference < 0 ? 'better' : 'worse'})`
}
