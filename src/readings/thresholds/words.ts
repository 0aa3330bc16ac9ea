import { listed, alternatives } from '../../shared/format/lists.ts'
import type { RiskKind } from '../../shared/risk.ts'
import { count } from '../../shared/format/numbers.ts'
import type { SeriesThresholds } from './schema.ts'

/** Of validation samples, which had a part in the network that is tested. Calibration samples had no part in anything else. */
function caveat(isFitted: boolean): string {
  const parts = `chose the epoch${isFitted ? ' and fitted the exit rule' : ''}`
  return `were tested on the validation samples, which also ${parts}: their probability is not strict.`
}

/** What keeps guarantees from being strict; null where nothing does. */
export function caveatOf(series: readonly Pick<SeriesThresholds, 'series' | 'tested'>[]): string | null {
  const loose = series.filter(({ tested }) => tested.on === 'validation')
  if (loose.length === 0) return null
  const why = caveat(loose[0]!.tested.fitted === true)
  if (loose.length === series.length) return `Guarantees ${why}`
  return `Guarantees of ${listed(loose.map((each) => each.series))} ${why}`
}

/** `exact binomial test on 5,000 calibration samples`. */
export function testInWords(series: readonly Pick<SeriesThresholds, 'tested'>[]): string {
  const samples = [...new Set(series.map(({ tested }) => `${count(tested.samples)} ${tested.on}`))]
  const noun = series.every(({ tested }) => tested.samples === 1) ? 'sample' : 'samples'
  return `exact binomial test on ${alternatives(samples)} ${noun}`
}

/** That a guarantee holds, in %, with the digits that it has: 100 % is never promised. */
export const probabilityText = (delta: number): string => String(Number((100 * (1 - delta)).toPrecision(12)))

/** What the probability is of: a table has many guarantees, which need not all hold at once. */
export const eachByItself = 'for each seed, series and ε by itself'

export const riskInWords: Record<RiskKind, string> = {
  harm: 'leave with a wrong class where the final exit’s is right',
  inconsistency: 'leave with another class than the final exit’s',
}
