import { z } from 'zod'
import { exitId } from '../../shared/evaluation/exit-id.ts'
import { samplePageAnswer, samplePageQuestion } from '../sample-page.ts'

/** Of one run of a regression. */
export const largestErrorsQuestion = samplePageQuestion.extend({
  /** Exit whose error the samples are sorted by; null: the one at which each leaves. */
  exit: exitId.nullable().default(null),
})
export type LargestErrorsQuestion = z.output<typeof largestErrorsQuestion>

export const largestErrorsAnswer = samplePageAnswer.extend({
  /** Samples that leave at each exit. */
  leaving: z.array(z.int()),
  /** Lowest and highest value and prediction, over all samples and exits. */
  range: z.tuple([z.number(), z.number()]),
  /** A page of the samples of the split, the largest error first. */
  samples: z.array(
    z.object({
      /** Position in the split. */
      sample: z.int(),
      value: z.number(),
      /** Exit at which it leaves. */
      leaves: z.int(),
      /** Per exit. */
      predictions: z.array(z.number()),
      /** prediction − value at the exit that the samples are sorted by. */
      error: z.number(),
    }),
  ),
})
export type LargestErrorsAnswer = z.infer<typeof largestErrorsAnswer>
export type ValueSample = LargestErrorsAnswer['samples'][number]
