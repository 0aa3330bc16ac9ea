import { z } from 'zod'
import { readSplits } from './read-on.ts'

/**
 * Which samples of a run are looked at. `leaving`: those that leave at one exit; `lost`: right at an exit before the one they
 * leave at, and wrong there; `never`: wrong at every exit.
 */
export const sampleGroups = ['leaving', 'lost', 'never'] as const
export type SampleGroup = (typeof sampleGroups)[number]

/** Predictions of the exits of a run for one sample. */
const exitSample = z.object({
  /** Position in the split. */
  sample: z.int(),
  label: z.int(),
  /** Exit at which it leaves. */
  leaves: z.int(),
  /** Per exit: the class it predicts, and its confidence 0…1. */
  predictions: z.array(z.int()),
  confidences: z.array(z.number()),
})
export type ExitSample = z.infer<typeof exitSample>

export const groupedSamples = z.object({
  split: z.enum(readSplits),
  sampleCount: z.int(),
  /** Of all classes. */
  counts: z.object({ leaving: z.array(z.int()), lost: z.int(), never: z.int() }),
  /** Samples of the requested group and class. */
  total: z.int(),
  /** A page of them, in the order of the split. */
  samples: z.array(exitSample),
})
export type GroupedSamples = z.infer<typeof groupedSamples>
