import { plainText } from '../../shared/plain-text.ts'
import { ruleInWords } from '../../shared/rule-reference.ts'
import type { SeriesWhatIf, WhatIfQuestion } from './schema.ts'

/** Series, exit rule, thresholds and samples: `mixed, quickstart · confidence rule, threshold 0.72 · test samples`. */
export function whatIfNote(
  { experiment, series, rule }: Pick<SeriesWhatIf, 'experiment' | 'series' | 'rule'>,
  { thresholds, split }: Pick<WhatIfQuestion, 'thresholds' | 'split'>,
): string {
  const values = [thresholds].flat().map((value) => Number(value.toFixed(3)))
  const at = values.length === 1 ? `threshold ${values[0]}` : `thresholds ${values.join(', ')}`
  return `${series}, ${plainText(experiment, 60)} · ${ruleInWords(rule)}, ${at} · ${split} samples`
}
