import { z } from 'zod'
import { imageSplits } from '../data.ts'
import { experimentInput } from './experiments.ts'
import { bytes, procedure, reference } from './procedure.ts'

/** Images of one request at most. */
export const largestPictureCount = 200

const picture = z.object({
  /** Position in the split, as the evaluation's predictions are ordered. */
  sample: z.int(),
  /** Position in the data set's own training images (train, validation) or test images, in the order of its files. */
  index: z.int(),
  label: z.int(),
  /** What Mixup or CutMix put into the image: another label, and the other image's share of it, 0…1. */
  mixedWith: z.object({ label: z.int(), share: z.number() }).nullable(),
  /** PNG; of the image's size, at most 256 pixels a side. */
  png: bytes,
})
export type Picture = z.infer<typeof picture>

/** A run that the workspace has, or an experiment that is being written. */
const dataOf = z.union([z.strictObject({ run: reference }), z.strictObject({ experiment: experimentInput })], {
  error: 'expected either a run or an experiment',
})

/** What a data set is, limits applied. */
const description = z.object({
  height: z.int(),
  width: z.int(),
  channels: z.int(),
  classNames: z.array(z.string()),
  /** Images of each class, by label. */
  classCounts: z.object({ train: z.array(z.int()), validation: z.array(z.int()), test: z.array(z.int()) }),
  /** Images before limits. */
  available: z.object({ train: z.int(), test: z.int() }),
  /** Share of the images that was made test images; null where the data set has test images of its own. */
  testHeldBack: z.number().nullable(),
})
export type DataFound = z.infer<typeof description>

export const data = {
  /** The data of an experiment that is being written; looked at anew where that was not done for some minutes. */
  describe: procedure.input(z.object({ experiment: experimentInput })).output(description),
  /**
   * Images of a split as pictures, in the order of `samples`. `augmented`: padded, augmented and mixed as in training, drawn
   * by a fixed seed, so that the same request gives the same pictures; else as the data set has them.
   */
  images: procedure
    .input(
      z.object({
        of: dataOf,
        split: z.enum(imageSplits),
        samples: z.array(z.int().nonnegative()).max(largestPictureCount),
        augmented: z.boolean().default(false),
      }),
    )
    .output(z.object({ classes: z.array(z.string()), images: z.array(picture) })),
}
