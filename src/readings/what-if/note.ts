import { plainText } from '../../shared/plain-text.ts'
import { ruleInWords } from '../../shared/rule-reference.ts'
import type { SeriesWhatIf, WhatIfQuestion } from './schema.ts'

/** Series, exit rule, thresholds and samples: `mixed, quickstart · confidence rule, threshold 0.72 · test samples`. */
export function whatIfNote(
  { experiment, series, rule, readOn }: Pick<SeriesWhatIf, 'experiment' | 'series' | 'rule' | 'readOn'>,
  { thresholds }: Pick<WhatIfQuestion, 'thresholds'>,
): string {
  const values = [thresholds].flat().map((value) => Number(value.toFixed(3)))
  const at = values.length === 1 ? `threshold ${values[0]}` : `thresholds ${values.join(', ')}`
  return `${series}, ${plainText(experiment, 60)} · ${ruleInWords(rule)}, ${at} · ${readOn ?? 'test'} samples`
}
