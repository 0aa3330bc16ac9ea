import { z } from 'zod'
import { imageSplits, leftOutImages, textFacts } from '../shared/data/data.ts'
import { otherTask } from '../shared/methods/task.ts'
import { experimentInput } from './experiments.ts'
import { bytes, procedure } from './procedure.ts'
import { reference } from '../shared/runs/reference.ts'

/** Samples of one request at most. */
const largestPictureCount = 200

const drawnSample = z.object({
  /** Position in the split, as the evaluation's predictions are ordered. */
  sample: z.int(),
  /** Position in the data set's own training samples (train, validation) or test samples, in the order of its files. */
  index: z.int(),
  label: z.int(),
  /** Value to be predicted; only for regression. */
  value: z.number().optional(),
  /** What Mixup or CutMix put into an image: another label, and the other image's share of it, 0…1. */
  mixedWith: z.object({ label: z.int(), share: z.number() }).nullable(),
  /** Of an image: PNG of its size, at most 256 pixels a side. */
  png: bytes.optional(),
  /** Of a text, or of a pair of them: how it begins. */
  texts: z.object({ first: z.string(), second: z.string().nullable() }).optional(),
})
export type DrawnSample = z.infer<typeof drawnSample>

/** A run that the workspace has, or an experiment that is being written. */
const dataOf = z.union([z.strictObject({ run: reference }), z.strictObject({ experiment: experimentInput })], {
  error: 'expected either a run or an experiment',
})

const common = {
  task: otherTask,
  classNames: z.array(z.string()),
  /** Samples of each class, by label. */
  classCounts: z.object({
    train: z.array(z.int()),
    validation: z.array(z.int()),
    calibration: z.array(z.int()).optional(),
    test: z.array(z.int()),
  }),
  /** Samples before limits. */
  available: z.object({ train: z.int(), test: z.int() }),
  /** Share of the samples that was made test samples; null where the data set has test samples of its own. */
  testHeldBack: z.number().nullable(),
}

/** Description of a data set, limits applied. */
const description = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('images'),
    height: z.int(),
    width: z.int(),
    channels: z.int(),
    leftOut: leftOutImages.optional(),
    ...common,
  }),
  z.object({ kind: z.literal('text'), ...textFacts.shape, ...common }),
])
export type DataFound = z.infer<typeof description>

export const data = {
  /** Data set of an experiment that is being edited; read again if the last description is some minutes old. */
  describe: procedure.input(z.object({ experiment: experimentInput })).output(description),
  /**
   * Samples of a split, in the order of `samples`. `augmented`: images padded, augmented and mixed as in training, drawn by a
   * fixed seed, so that the same request gives the same pictures; else as the data set has them.
   */
  samples: procedure
    .input(
      z.object({
        of: dataOf,
        split: z.enum(imageSplits),
        samples: z.array(z.int().nonnegative()).max(largestPictureCount),
        augmented: z.boolean().default(false),
      }),
    )
    .output(z.object({ classes: z.array(z.string()), samples: z.array(drawnSample) })),
}
