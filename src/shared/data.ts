import { z } from 'zod'
import { datasets } from '../main/datasets/index.ts'

/** Splits of the images of an experiment. */
export const imageSplits = ['train', 'validation', 'test'] as const
export const augmentations = ['none', 'crop-flip', 'trivial-augment'] as const

/** Mixup and CutMix as timm applies them (method 5.3). */
export const mixing = z.strictObject({
  mixupAlpha: z
    .number()
    .nonnegative()
    .default(0.8)
    .describe('Mixup: α of the Beta distribution from which the weight of an image is drawn. 0: no Mixup.'),
  cutmixAlpha: z
    .number()
    .nonnegative()
    .default(1)
    .describe('CutMix: α of the Beta distribution from which the kept area of an image is drawn. 0: no CutMix.'),
  switchProbability: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Probability of CutMix instead of Mixup if both are on.'),
  mode: z
    .enum(['batch', 'elem', 'pair'])
    .default('elem')
    .describe('Whether λ and the method are drawn for each batch, each image or each pair.'),
  smoothing: z.number().min(0).lt(1).default(0.1).describe('Label smoothing of the mixed targets.'),
})

/** Settings of the data that can change the result of training. The folder of the data set is not one of them. */
export const dataSpec = z.strictObject({
  source: datasets.name.describe(
    'Name of the data set. `image-folder`: your own images at `path`, one folder for each class.',
  ),
  imageSize: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe(
      'Side in pixels to which images of an image-folder are scaled and cropped. null: all images have the same size.',
    ),
  pad: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Zero pixels added on each side. Fashion-MNIST with 2 becomes 32 × 32.'),
  limit: z
    .strictObject({
      train: z.int().positive().nullable().default(null).describe('Training images, validation included. null: all.'),
      test: z.int().positive().nullable().default(null).describe('Test images. null: all.'),
    })
    .prefault({})
    .describe('Maximum number of images of each split, with the classes in equal shares as far as possible.'),
  validation: z
    .strictObject({
      fraction: z.number().gt(0).lt(1).default(0.1).describe('Fraction of the training images held back.'),
      seed: z.int().default(42).describe('Seed of the split; independent of the seed of a run.'),
    })
    .prefault({})
    .describe(
      'Validation images for early stopping and exit thresholds, held back from the training images, stratified by label.',
    ),
  testFraction: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe(
      'For an image-folder without a test folder: fraction of the images used as test images, the same for every seed. Default: 0.2.',
    ),
  augmentation: z.enum(augmentations).default('crop-flip').describe('Augmentation of training images, before mixing.'),
  mixing: mixing
    .nullable()
    .default(null)
    .describe(
      'Mixup and CutMix of every training batch; image i of a batch of n is mixed with image n−1−i. null: off, as recommended for short trainings; on in the examples with the paper’s settings.',
    ),
})

export type ImageSplit = (typeof imageSplits)[number]
export type Augmentation = (typeof augmentations)[number]
export type Mixing = z.infer<typeof mixing>
export type DataSpec = z.infer<typeof dataSpec>

/** Shape, classes and counts of a data set, found by reading MNIST and CIFAR files whole, or by hashing the files of an image folder. */
export interface DatasetDescription {
  /** Of an image as loaded, before padding. */
  height: number
  width: number
  channels: number
  classes: number
  /** By label: names of the folders, names from the data set's own file, or the published names; else numbers. */
  classNames: string[]
  normalisation: { mean: number[]; std: number[] }
  /** Images of each split after limits; `train` excludes the images of `validation`. */
  counts: Record<ImageSplit, number>
  /** Images of each class in each split, by label. */
  classCounts: Record<ImageSplit, number[]>
  /** Images before limits: training and validation, test. */
  available: { train: number; test: number }
  /** Fraction of the images that became test images; null where the data set has its own test images. */
  testHeldBack: number | null
  /** SHA-256 over the content of the data set. */
  fingerprint: string
}
