import { z } from 'zod'
import { augmentations } from './augmentations.ts'
import { textColumns } from './text-columns.ts'

/** Splits of the samples of every experiment. */
export const imageSplits = ['train', 'validation', 'test'] as const

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
  /** Name of the data set; src/contract/experiment/data.ts knows which there are. */
  source: z.string(),
  imageSize: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe(
      'Side in pixels to which images are scaled and cropped. null: 224 for imagenette and imagenet, else the size that the images have, the same for all.',
    ),
  pad: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Zero pixels added on each side. Fashion-MNIST with 2 becomes 32 × 32.'),
  limit: z
    .strictObject({
      train: z.int().positive().nullable().default(null).describe('Training samples, validation included. null: all.'),
      test: z.int().positive().nullable().default(null).describe('Test samples. null: all.'),
    })
    .prefault({})
    .describe('Maximum number of samples of each split, with the classes in equal shares as far as possible.'),
  validation: z
    .strictObject({
      fraction: z.number().gt(0).lt(1).default(0.1).describe('Fraction of the training samples held back.'),
      seed: z.int().default(42).describe('Seed of the split; independent of the seed of a run.'),
    })
    .prefault({})
    .describe(
      'Validation samples for early stopping and exit thresholds, held back from the training samples, stratified by label, or by deciles of the values to be predicted.',
    ),
  calibration: z
    .strictObject({
      fraction: z.number().gt(0).lt(1).default(0.1).describe('Fraction of the training samples held back.'),
      seed: z.int().default(42).describe('Seed of the split; independent of the seeds of validation and of a run.'),
    })
    .optional()
    .describe(
      'Calibration samples for thresholds with a guarantee: held back from training beside the validation samples, and used for nothing else. Default: none.',
    ),
  testFraction: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe(
      'For data of your own without a test folder, and for fortunes: fraction of the samples used as test samples, the same for every seed. Default: 0.2.',
    ),
  damagedImages: z
    .enum(['refuse', 'leave-out'])
    .default('refuse')
    .describe(
      'Images of a folder that cannot be decoded: they are refused before anything is trained, or left out of every split.',
    ),
  columns: textColumns
    .optional()
    .describe(
      'Columns of a text-table: names in its first line, or keys of its objects (JSON Lines). Of fortunes: { value: reading-ease } for a regression.',
    ),
  maxLength: z
    .int()
    .min(8)
    .optional()
    .describe(
      'Maximum length of a text in tokens, special tokens included. Longer texts are truncated; of a pair, the longer text first. Default: 512 for newsgroups, else 128.',
    ),
  grouping: z
    .enum(['random', 'by-length'])
    .optional()
    .describe(
      'Composition of training batches of texts: random, or texts of similar length together, which needs less padding and is faster. Default: random.',
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
/** Splits that are evaluated once a phase is trained. */
export const evaluatedSplits = ['validation', 'calibration', 'test'] as const
export type EvaluatedSplit = (typeof evaluatedSplits)[number]
/** Of each split; the one of calibration where samples are held back for it. */
export type OfSplits<Value> = Record<ImageSplit, Value> & { calibration?: Value }
export type OfEvaluated<Value> = Omit<OfSplits<Value>, 'train'>
export type Mixing = z.infer<typeof mixing>
export type DataSpec = z.infer<typeof dataSpec>

/** Samples of all splits. */
export const sampleTotal = (counts: DescribedSamples['counts']): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** What a data set is. To say so, MNIST and CIFAR files are read whole, files of an image folder hashed, and texts tokenised. */
export type DatasetDescription = ImageDescription | TextDescription

/** What is known of a data set of any kind. */
export interface DescribedSamples {
  /** Whether a number is predicted of each sample. */
  task?: 'regression'
  classes: number
  /** By label: names of the folders, names from the data set's own file, or the published names; else numbers. One without a name where values are predicted. */
  classNames: string[]
  /** Samples of each split, after limits; `train` without the samples held back. */
  counts: OfSplits<number>
  /** Samples of each class in each split, by label. */
  classCounts: OfSplits<number[]>
  /** Samples before limits: to train and validate on, and to test on. */
  available: { train: number; test: number }
  /** Fraction of the samples that became test samples; null where the data set has test samples of its own. */
  testHeldBack: number | null
  /** SHA-256 of the content of the samples. */
  fingerprint: string
}

/** Images that cannot be decoded and are left out. */
export const leftOutImages = z.object({
  /** Of how many images, validation images being training images. */
  train: z.object({ count: z.int(), of: z.int() }),
  test: z.object({ count: z.int(), of: z.int() }),
  /** Paths of the first few. */
  files: z.array(z.string()),
})
export type LeftOutImages = z.infer<typeof leftOutImages>

export interface ImageDescription extends DescribedSamples {
  kind: 'images'
  /** Of an image as loaded, before padding. */
  height: number
  width: number
  channels: number
  normalisation: { mean: number[]; std: number[] }
  /** Whether images can be read and prepared for each batch; left out if all are in memory. */
  canStream?: true
  /** Absent where there are none. */
  leftOut?: LeftOutImages
}

export interface TextDescription extends DescribedSamples, TextFacts {
  kind: 'text'
  /** Vocabulary size: token ids are below it. */
  vocabulary: number
}

/** Properties of texts. */
export const textFacts = z.object({
  /** Whether a sample is two texts. */
  isPaired: z.boolean(),
  /** Tokens of a text at most. */
  maxLength: z.int(),
  /** Of the texts in use, special tokens included: the median and the longest before they are cut, and the mean that each takes with its padding beside others of its length. */
  tokens: z.object({ median: z.number(), longest: z.int(), padded: z.number() }),
  /** Texts that are cut. */
  truncated: z.int(),
  /** Texts of which no token is left but the special ones. */
  empty: z.int(),
  /** Least, mean and largest value of the training texts; null where they have classes. */
  values: z.object({ least: z.number(), mean: z.number(), largest: z.number() }).nullable(),
})
export type TextFacts = z.infer<typeof textFacts>
