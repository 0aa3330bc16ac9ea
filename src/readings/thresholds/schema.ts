import { costKeyNames } from '../../shared/evaluation/cost-kind.ts'
import { z } from 'zod'
import { riskKinds } from '../../shared/statistics/risk.ts'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { exitsAnswer } from '../exits/schema.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { comparisonQuestion } from '../question.ts'

const share = z.number().gt(0).lt(1)

export const thresholdsQuestion = comparisonQuestion
  .pick({ runs: true, among: true, split: true, rule: true, cost: true })
  .extend({
    /**
     * How much worse than the final exit the task's primary metric may be on validation samples: points of accuracy, MSE. Default: 1
     * point, and nothing of a regression.
     */
    drops: z.array(z.number().min(0).max(100)).max(20).optional(),
    /** What is guaranteed to be rare or small. Default: the first of the task. */
    risk: z.enum(riskKinds).optional(),
    /** The squared difference from which on that of a regression counts as 1. */
    bound: z.number().positive().default(1),
    /** Tolerated risks. */
    tolerated: z.array(share).max(50).default([0.005, 0.01, 0.02, 0.05]),
    /** Probability that a guarantee does not hold. */
    delta: share.default(0.1),
  })

const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accuracy'), drop: z.number() }),
  z.object({ kind: z.literal('risk'), tolerated: z.number() }),
])
export type ThresholdTarget = z.infer<typeof target>

/** What one seed does with the threshold that was chosen for it. */
const seedChoice = z.object({
  seed: z.int(),
  /** null: none does it, so that every sample goes to the final exit. */
  threshold: z.number().nullable(),
  /** p of the chosen threshold; null for a target of accuracy. */
  p: z.number().nullable(),
  /** Mean loss of the samples that the threshold was chosen on, and of test samples with its 95 % interval, exact for losses of 0 or 1. */
  risk: z.number(),
  testRisk: z.number(),
  testInterval: z.tuple([z.number(), z.number()]),
  /** On test samples: share of the backbone's cost, and the task's primary metric. */
  fraction: z.number(),
  value: z.number(),
})
export type SeedChoice = z.infer<typeof seedChoice>

/** Over seeds, in %; the task's primary metric in its unit. */
const choice = z.object({
  target,
  cost: meanStd,
  value: meanStd,
  testRisk: meanStd,
  seeds: z.array(seedChoice),
})
export type Choice = z.infer<typeof choice>

export const thresholdsAnswer = z.object({
  ...readOnKeys,
  task: otherTask,
  rule: z.string(),
  risk: z.enum(riskKinds),
  /** Of the risk `difference`. */
  bound: z.number().optional(),
  delta: z.number(),
  series: z.array(
    exitsAnswer.element
      .pick({ experiment: true, regime: true, series: true, look: true, ...costKeyNames, seeds: true })
      .extend({
        /** Samples of each seed on which guarantees are tested; validation samples where none were held back for calibration. */
        tested: z.object({
          on: z.enum(['calibration', 'validation']),
          samples: z.int(),
          /** The exit rule was fitted on them, too. */
          fitted: z.literal(true).optional(),
        }),
        choices: z.array(choice),
      }),
  ),
})
export type ThresholdsAnswer = z.infer<typeof thresholdsAnswer>
export type SeriesThresholds = ThresholdsAnswer['series'][number]
