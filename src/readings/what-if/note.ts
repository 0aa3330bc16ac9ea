import { plainText } from '../../shared/text/plain-text.ts'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import { thresholdsInWords } from '../thresholds-in-words.ts'
import type { SeriesWhatIf, WhatIfQuestion } from './schema.ts'

/** Series, exit rule, thresholds and samples: `mixed, quickstart · confidence rule, threshold 0.72 · test samples`. */
export function whatIfNote(
  { experiment, series, rule, readOn }: Pick<SeriesWhatIf, 'experiment' | 'series' | 'rule' | 'readOn'>,
  { thresholds }: Pick<WhatIfQuestion, 'thresholds'>,
): string {
  const at = `${ruleInWords(rule)}, ${thresholdsInWords(thresholds)}`
  return `${series}, ${plainText(experiment, 60)} · ${at} · ${readOn ?? 'test'} samples`
}
