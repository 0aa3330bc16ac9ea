import { z } from 'zod'

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
