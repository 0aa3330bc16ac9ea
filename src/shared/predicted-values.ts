import { z } from 'zod'
import { readSplits } from './read-on.ts'

/** Predictions of one exit of a regression beside the values that were to be predicted, on one split of a run. */
export const predictedValues = z.object({
  run: z.string(),
  exit: z.int(),
  sampleCount: z.int(),
  /** Every how many samples one is in `values` and `predictions`. */
  every: z.int(),
  values: z.array(z.number()),
  predictions: z.array(z.number()),
  /** Every exit alone, over all samples; correlations are null where they are not defined. */
  exits: z.array(
    z.object({
      exit: z.int(),
      /** Block behind which it sits; null: the final classifier. */
      block: z.int().nullable(),
      mse: z.number(),
      /** Mean of prediction − value. */
      bias: z.number(),
      pearson: z.number().nullable(),
      spearman: z.number().nullable(),
    }),
  ),
})
export type PredictedValues = z.infer<typeof predictedValues>

/** Samples of a regression by the size of their error. */
export const valueSamples = z.object({
  split: z.enum(readSplits),
  sampleCount: z.int(),
  /** Samples that leave at each exit. */
  leaving: z.array(z.int()),
  /** Lowest and highest value and prediction, over all samples and exits. */
  range: z.tuple([z.number(), z.number()]),
  /** A page of them, the largest error first. */
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
export type ValueSamples = z.infer<typeof valueSamples>
export type ValueSample = ValueSamples['samples'][number]
