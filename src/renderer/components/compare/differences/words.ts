import { differenceUnit } from '../../../../shared/metric.ts'
import { signed } from '../../../../shared/format/numbers.ts'
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
  const { difference, adjustedP, pairCount, metric } = pair
  const size = `${Math.abs(difference).toFixed(metric.decimals)} ${differenceUnit(metric)}`
  const points = `${size} ${difference < 0 ? 'below' : 'above'} ${against}${directionIn(pair)}`
  if (adjustedP === null) return `${points}; with one seed, significance is unknown`
  const p = adjustedP < 0.001 ? 'p < 0.001' : `p = ${pText(adjustedP)}`
  return `${points}, 95 % interval ${intervalText(pair)}, ${p} (Holm) over ${pairCount} seeds`
}

/** Of a metric that is better when lower, what the difference means. */
function directionIn({ difference, metric }: PairReading): string {
  if (metric.higherIsBetter) return ''
  return ` (${difference < 0 ? 'better' : 'worse'})`
}
