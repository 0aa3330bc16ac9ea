import { z } from 'zod'
import type { ExitId } from '../../shared/evaluation/exit-id.ts'
import { samplePageAnswer, samplePageQuestion } from '../sample-page.ts'

/**
 * Which samples of a run are looked at. `lost`: right at an exit before the one they leave at, and wrong there; `never`: wrong at every
 * exit; `exit-0`, `exit-final`: those that leave there.
 */
export const sampleGroup = z.union(
  [z.enum(['lost', 'never']), z.templateLiteral(['exit-', z.string().regex(/^(?:\d+|final)$/)])],
  {
    error: 'expected lost, never, or those that leave at an exit: exit-0, …, exit-final',
  },
)
export type SampleGroup = z.infer<typeof sampleGroup>

/** The group of those that leave at an exit. */
export const leavingAt = (exit: ExitId): SampleGroup => `exit-${exit}`

/** The exit where the samples of a group leave; null: they are not chosen by it. */
export function exitOf(group: SampleGroup): ExitId | null {
  const [, exit] = group.split('exit-')
  if (exit === undefined) return null
  return exit === 'final' ? exit : Number(exit)
}

/** Of one run. */
export const samplesQuestion = samplePageQuestion.extend({
  group: sampleGroup.default('lost'),
  /** Class; null: all. */
  label: z.int().nonnegative().nullable().default(null),
})
export type SamplesQuestion = z.output<typeof samplesQuestion>

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

export const samplesAnswer = samplePageAnswer.extend({
  /** Of all classes. */
  counts: z.object({ leaving: z.array(z.int()), lost: z.int(), never: z.int() }),
  /** Samples of the requested group and class. */
  total: z.int(),
  /** A page of them, in the order of the split. */
  samples: z.array(exitSample),
  /** Names of the classes; `class 0` where the data set is not there. */
  classes: z.array(z.string()),
})
export type SamplesAnswer = z.infer<typeof samplesAnswer>
