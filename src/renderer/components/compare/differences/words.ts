import { differenceUnit } from '../../../../shared/metric.ts'
import { plural, signed } from '../../../../shared/format/numbers.ts'
import { untestedReasons, untestedWords } from '../../../../shared/regime-differences.ts'
import type { PairReading, SignificanceMark } from './pair-reading.ts'

export const markSigns: Record<SignificanceMark, string> = { better: '▲', worse: '▽', neither: '·' }

/** `0.013`, `< 0.001` */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

/** `+1.20 … +6.04`; a thin dash where there is no interval. */
export function intervalText({ low, high, metric }: Pick<PairReading, 'low' | 'high' | 'metric'>): string {
  const { decimals } = metric
  return low === null || high === null ? '–' : `${signed(low, decimals)} … ${signed(high, decimals)}`
}

/** "3.62 points above joint, 95 % interval +1.20 … +6.04, p = 0.003 (Holm) over 3 seeds" */
export function pairSentence(pair: PairReading, against: string): string {
  const { difference, low, adjustedP, untested, pairCount, metric } = pair
  const size = `${Math.abs(difference).toFixed(metric.decimals)} ${differenceUnit(metric)}`
  const points = `${size} ${difference < 0 ? 'below' : 'above'} ${against}${directionIn(pair)}`
  const interval = low === null ? '' : `, 95 % interval ${intervalText(pair)}`
  const seeds = ` over ${plural(pairCount, 'seed')}`
  if (untested !== null) return `${points}${interval}${seeds}; not tested: ${untestedWords[untested]}`
  const p = adjustedP! < 0.001 ? 'p < 0.001' : `p = ${pText(adjustedP!)}`
  return `${points}${interval}, ${p} (Holm)${seeds}`
}

/** `Not tested: fewer than 3 seeds are paired.`; nothing where every pair is tested. */
export function untestedSentence(pairs: readonly Pick<PairReading, 'untested'>[]): string | null {
  const reasons = untestedReasons.filter((reason) => pairs.some(({ untested }) => untested === reason))
  if (reasons.length === 0) return null
  const which = pairs.every(({ untested }) => untested !== null) ? 'Not tested' : 'Without p'
  return `${which}: ${reasons.map((reason) => untestedWords[reason]).join(', or ')}.`
}

/** Of a metric that is better when lower, what the difference means. */
function directionIn({ difference, metric }: PairReading): string {
  if (metric.higherIsBetter) return ''
  return ` (${difference < 0 ? 'better' : 'worse'})`
}
