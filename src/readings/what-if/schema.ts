import { z } from 'zod'
import { references } from '../../shared/reference.ts'
import { whatIf } from '../../shared/what-if.ts'
import { cost, evaluatedSplit, exitRule, thresholds } from '../question.ts'

/** Runs of one series: its seeds. */
export const whatIfQuestion = references.extend({ rule: exitRule, thresholds, split: evaluatedSplit, cost })
export type WhatIfQuestion = z.output<typeof whatIfQuestion>

export const whatIfAnswer = whatIf.extend({
  experiment: z.string(),
  regime: z.string(),
  series: z.string(),
  /** Name of the exit rule. */
  rule: z.string(),
})
export type SeriesWhatIf = z.infer<typeof whatIfAnswer>
