import { z } from 'zod'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { cost, outputsQuestion, thresholds } from '../question.ts'

/** Runs of one series: its seeds. */
export const whatIfQuestion = outputsQuestion.extend({ thresholds, cost })
export type WhatIfQuestion = z.output<typeof whatIfQuestion>

/** What thresholds would do, over the seeds of one regime. The task's primary metric in its unit, shares in %. */
const whatIf = z.object({
  task: otherTask,
  ...costKeys,
  readOn: readOnKeys.readOn,
  runs: z.array(z.string()),
  value: meanStd,
  /** Mean cost a sample, in multiply-adds or milliseconds. */
  cost: meanStd,
  backboneCost: z.number(),
  exits: z.array(
    z.object({
      exit: z.int(),
      /** null: the final classifier. */
      block: z.int().nullable(),
      /** Cumulative cost as a fraction of the backbone's. */
      fraction: z.number(),
      /** Share of samples that leave here. */
      leaving: meanStd,
      /** The metric of the samples that leave here; null if a seed has none. */
      value: meanStd.nullable(),
    }),
  ),
  /** Share of samples that an exit before the one they leave at had right and that are wrong where they leave; null for a regression. */
  lost: meanStd.nullable(),
})
export type WhatIfAnswer = z.infer<typeof whatIf>

export const whatIfAnswer = whatIf.extend({
  experiment: z.string(),
  regime: z.string(),
  series: z.string(),
  /** Place in the palette of series; null: it looks like its regime. */
  look: z.int().nullable(),
  /** Name of the exit rule. */
  rule: z.string(),
})
export type SeriesWhatIf = z.infer<typeof whatIfAnswer>
