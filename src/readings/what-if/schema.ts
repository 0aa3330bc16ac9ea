import { z } from 'zod'
import { whatIf } from '../../shared/what-if.ts'
import { cost, outputsQuestion, thresholds } from '../question.ts'

/** Runs of one series: its seeds. */
export const whatIfQuestion = outputsQuestion.extend({ thresholds, cost })
export type WhatIfQuestion = z.output<typeof whatIfQuestion>

export const whatIfAnswer = whatIf.extend({
  experiment: z.string(),
  regime: z.string(),
  series: z.string(),
  /** Name of the exit rule. */
  rule: z.string(),
})
export type SeriesWhatIf = z.infer<typeof whatIfAnswer>
