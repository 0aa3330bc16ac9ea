import { z } from 'zod'
import { meanStd } from '../evaluation/evaluation.ts'

/** Samples whose confidence is above `low` and at most `high`, over all seeds. */
const bin = z.object({
  low: z.number(),
  high: z.number(),
  /** Share of all samples, 0…1. */
  share: z.number(),
  /** Means within the bin, 0…1; null where it is empty. */
  confidence: z.number().nullable(),
  accuracy: z.number().nullable(),
})

const reliability = z.object({
  /** Mean confidence, in %. */
  confidence: meanStd,
  /** Expected calibration error, in points. */
  error: meanStd,
  bins: z.array(bin),
})
export type Reliability = z.infer<typeof reliability>

/** Calibration of each exit, over the seeds of one series. */
export const calibration = z.object({
  runs: z.array(z.string()),
  exits: z.array(
    reliability.extend({
      exit: z.int(),
      /** null: the final classifier. */
      block: z.int().nullable(),
      /** In %. */
      accuracy: meanStd,
      /** Fitted on validation samples. */
      temperature: meanStd,
      /** Seeds whose temperature is an end of the range in which it is searched, 0.01 or 100: the least loss lies beyond it. */
      atEndOfRange: z.int(),
      /** The same of logits divided by the temperature; the accuracy does not change. */
      scaled: reliability,
    }),
  ),
})
export type Calibration = z.infer<typeof calibration>
