import { z } from 'zod'
import { readSplits } from '../../shared/evaluation/read-on.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { outputsQuestion, thresholds } from '../question.ts'

/** Of one run. */
export const samplePathQuestion = outputsQuestion.extend({
  /** Position in the split. */
  sample: z.int().nonnegative(),
  thresholds,
  /** Nearest samples at most. */
  neighbours: z.int().min(0).max(50).default(9),
})
export type SamplePathQuestion = z.output<typeof samplePathQuestion>

/** What an exit says of a sample. */
const prediction = z.object({
  /** Name of a class, or a value. */
  prediction: z.string(),
  /** null: of a regression. */
  isRight: z.boolean().nullable(),
})
export type PathPrediction = z.infer<typeof prediction>

const exit = prediction.extend({
  exit: z.int(),
  /** Block behind which it sits; null: the final classifier. */
  block: z.int().nullable(),
  /** Cumulative cost as a share of the backbone's. */
  fraction: z.number(),
  /** Of the exit rule, with the threshold that it must be above; null: the final exit, where all that are left leave. */
  score: z.number(),
  threshold: z.number().nullable(),
  /** The most probable classes with their probabilities, and the true one; none of a regression. */
  classes: z.array(z.object({ name: z.string(), isTrue: z.boolean(), probability: z.number() })),
})
export type PathExit = z.infer<typeof exit>

export const samplePathAnswer = z.object({
  task: otherTask,
  run: z.string(),
  /** Name of the run. */
  name: z.string(),
  split: z.enum(readSplits),
  rule: z.string(),
  sample: z.int(),
  /** Its class, or its value. */
  target: z.string(),
  leaves: z.int(),
  /** Samples that leave there, with the place of this one among them, and those before and behind it. */
  leaving: z.object({ count: z.int(), place: z.int(), before: z.int().nullable(), behind: z.int().nullable() }),
  /** Lowest and highest score and threshold. */
  range: z.tuple([z.number(), z.number()]),
  exits: z.array(exit),
  /** Samples that leave at the same exit, the nearest by its outputs first. */
  neighbours: z.array(
    z.object({ sample: z.int(), distance: z.number(), target: z.string(), exits: z.array(prediction) }),
  ),
})
export type SamplePathAnswer = z.infer<typeof samplePathAnswer>
export type PathNeighbour = SamplePathAnswer['neighbours'][number]
