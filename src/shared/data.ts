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
    .describe('Mixup blends two images with weight λ ~ Beta(α, α). 0: no Mixup.'),
  cutmixAlpha: z
    .number()
    .nonnegative()
    .default(1)
    .describe(
      'CutMix keeps the share λ ~ Beta(α, α) of an image and pastes a box of another over the rest. 0: no CutMix.',
    ),
  switchProbability: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Where both are on: how often CutMix is taken rather than Mixup.'),
  mode: z
    .enum(['batch', 'elem', 'pair'])
    .default('elem')
    .describe('Whether λ and the choice of method are drawn once a batch, for each image, or for each pair.'),
  smoothing: z.number().min(0).lt(1).default(0.1).describe('Label smoothing of the mixed targets.'),
})

/** Everything about the data that can change the outcome of a training. The folder it is read from is not part of it. */
export const dataSpec = z.strictObject({
  source: datasets.name.describe('The data set. `image-folder`: one folder a class, at `path`.'),
  imageSize: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('Side of the square images after loading; for image-folder, whose images may differ in size.'),
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
    .describe('Use at most this many images of each split, the classes in equal shares as far as they go.'),
  validation: z
    .strictObject({
      fraction: z.number().gt(0).lt(1).default(0.1).describe('Share of the training images held back.'),
      seed: z.int().default(42).describe('Which images are held back; the same for every run seed.'),
    })
    .prefault({})
    .describe('Held back from the training images, stratified by label, for early stopping and exit thresholds.'),
  testFraction: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe(
      'For an image-folder of class folders alone, without train and test: share of the images that is held back as test images, the same for every seed. Default: 0.2.',
    ),
  augmentation: z.enum(augmentations).default('crop-flip').describe('What is done to an image before it is mixed.'),
  mixing: mixing
    .nullable()
    .default(null)
    .describe(
      'Mixup and CutMix, on every training batch; the partner of an image is its mirror in the batch. null: off, as suits short trainings; the examples with the settings of the paper have it on.',
    ),
})

export type ImageSplit = (typeof imageSplits)[number]
export type Augmentation = (typeof augmentations)[number]
export type Mixing = z.infer<typeof mixing>
export type DataSpec = z.infer<typeof dataSpec>

/** What a data set is. To say so, MNIST and CIFAR files are read whole, and files of an image folder hashed. */
export interface DatasetDescription {
  /** Of an image as loaded, before padding. */
  height: number
  width: number
  channels: number
  classes: number
  /** By label: of the folders, of the data set's own file of names, or as the data set is known; else the numbers. */
  classNames: string[]
  normalisation: { mean: number[]; std: number[] }
  /** Images of each split, limits applied; `train` without what is held back for `validation`. */
  counts: Record<ImageSplit, number>
  /** Images of each class in each split, by label. */
  classCounts: Record<ImageSplit, number[]>
  /** Images before limits: to train and validate on, and to test on. */
  available: { train: number; test: number }
  /** Share of the images that was made test images; null where the data set has test images of its own. */
  testHeldBack: number | null
  /** SHA-256 that stands for the files the images come from. */
  fingerprint: string
}
