import { listed, alternatives } from '../../shared/format/lists.ts'
import { count } from '../../shared/format/numbers.ts'
import type { SeriesThresholds, ThresholdsAnswer } from './schema.ts'

type Tested = Pick<SeriesThresholds, 'tested'>

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
export function testInWords({ risk, series }: Pick<ThresholdsAnswer, 'risk'> & { series: Tested[] }): string {
  const samples = [...new Set(series.map(({ tested }) => `${count(tested.samples)} ${tested.on}`))]
  const noun = series.every(({ tested }) => tested.samples === 1) ? 'sample' : 'samples'
  const test = risk === 'difference' ? 'test of Hoeffding and Bentkus' : 'exact binomial test'
  return `${test} on ${alternatives(samples)} ${noun}`
}

/** That a guarantee holds, in %, with the digits that it has: 100 % is never promised. */
export const probabilityText = (delta: number): string => String(Number((100 * (1 - delta)).toPrecision(12)))

/** What the probability is of: a table has many guarantees, which need not all hold at once. */
export const eachByItself = 'for each seed, series and ε by itself'

/** What is at most ε. */
export function riskWords({ risk, bound }: Pick<ThresholdsAnswer, 'risk' | 'bound'>): string {
  if (risk === 'harm') return 'the share of samples that leave with a wrong class where the final exit’s is right'
  if (risk === 'inconsistency') return 'the share of samples that leave with another class than the final exit’s'
  return `the mean squared difference from the final exit’s value, none counted as more than ${bound}, divided by ${bound},`
}
