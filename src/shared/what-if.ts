import { z } from 'zod'
import { meanStd } from './evaluation.ts'

/** What thresholds would do, over the seeds of one regime. Accuracies and shares in %. */
export const whatIf = z.object({
  runs: z.array(z.string()),
  accuracy: meanStd,
  /** Mean cost in multiply-adds a sample. */
  macs: meanStd,
  backboneMacs: z.number(),
  exits: z.array(
    z.object({
      exit: z.int(),
      /** null: the final classifier. */
      block: z.int().nullable(),
      /** Cumulative cost as a fraction of the backbone's. */
      fraction: z.number(),
      /** Share of samples that leave here. */
      leaving: meanStd,
      /** Accuracy among those that leave here; null where a seed has none. */
      accuracy: meanStd.nullable(),
    }),
  ),
  /** Share of samples that an exit before the one they leave at had right and that are wrong where they leave. */
  lost: meanStd,
})
export type WhatIfAnswer = z.infer<typeof whatIf>
