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
  /** Samples that an exit before the one they leave at had right and that are wrong where they leave. */
  lost: z.object({
    share: meanStd,
    /** Of the first run. */
    count: z.int(),
    /** The first of them, of the first run. */
    samples: z.array(
      z.object({
        sample: z.int(),
        label: z.int(),
        leaves: z.int(),
        /** Per exit: the class it predicts, and its confidence 0…1. */
        predictions: z.array(z.int()),
        confidences: z.array(z.number()),
      }),
    ),
  }),
})
export type WhatIfAnswer = z.infer<typeof whatIf>
