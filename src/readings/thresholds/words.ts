import type { RiskKind } from '../../shared/risk.ts'
import { count } from '../../shared/format/numbers.ts'
import type { SeriesThresholds } from './schema.ts'

/** Of validation samples: the epoch was chosen on them too. Calibration samples had no part in anything else. */
const caveat = 'were tested on the validation samples, which also chose the epoch: their probability is not strict.'

/** What keeps guarantees from being strict; null where nothing does. */
export function caveatOf(series: readonly Pick<SeriesThresholds, 'series' | 'tested'>[]): string | null {
  const loose = series.filter(({ tested }) => tested.on === 'validation')
  if (loose.length === 0) return null
  if (loose.length === series.length) return `Guarantees ${caveat}`
  return `Guarantees of ${new Intl.ListFormat('en-GB').format(loose.map((each) => each.series))} ${caveat}`
}

/** `exact binomial test on 5,000 calibration samples`. */
export function testInWords(series: readonly Pick<SeriesThresholds, 'tested'>[]): string {
  const samples = [...new Set(series.map(({ tested }) => `${count(tested.samples)} ${tested.on}`))]
  return `exact binomial test on ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(samples)} samples`
}

export const riskInWords: Record<RiskKind, string> = {
  harm: 'leave with a wrong class where the final exit’s is right',
  inconsistency: 'leave with another class than the final exit’s',
}
