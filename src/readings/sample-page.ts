import { z } from 'zod'
import { count } from '../shared/format/numbers.ts'
import { plainText } from '../shared/text/plain-text.ts'
import { readSplits } from '../shared/evaluation/read-on.ts'
import { ruleInWords } from '../shared/methods/rule-reference.ts'
import { capitalised } from '../shared/tables/table-words.ts'
import { outputsQuestion, thresholds } from './question.ts'
import { thresholdsInWords } from './thresholds-in-words.ts'

/** Samples of one run that leave under thresholds, page by page. */
export const samplePageQuestion = outputsQuestion.extend({
  thresholds,
  offset: z.int().nonnegative().default(0),
  limit: z.int().positive().max(1000).default(60),
})
type SamplePageQuestion = z.output<typeof samplePageQuestion>

export const samplePageAnswer = z.object({
  run: z.string(),
  /** Name of the run. */
  name: z.string(),
  split: z.enum(readSplits),
  rule: z.string(),
  sampleCount: z.int(),
})
type SamplePageAnswer = z.infer<typeof samplePageAnswer>

/** `Test samples of toy-joint-s1 that …, confidence rule, threshold 0.7: 1–60 of 312.` */
export function pageInWords(
  { name, split, rule, samples }: Omit<SamplePageAnswer, 'run' | 'sampleCount'> & { samples: readonly unknown[] },
  { thresholds: chosen, offset }: Pick<SamplePageQuestion, 'thresholds' | 'offset'>,
  { which, total }: { which: string; total: number },
): string {
  const shown = samples.length === 0 ? 'none' : `${count(offset + 1)}–${count(offset + samples.length)}`
  return (
    `${capitalised(split)} samples of ${plainText(name, 120)} ${which}, ${ruleInWords(rule)}, ${thresholdsInWords(chosen)}: ` +
    `${shown} of ${count(total)}.`
  )
}
