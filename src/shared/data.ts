import { z } from 'zod'

export const dataSources = ['fashion-mnist', 'mnist', 'cifar10', 'cifar100', 'image-folder'] as const
export const augmentations = ['none', 'crop-flip', 'trivial-augment'] as const

/** Mixup and CutMix as timm applies them: every batch, partner = the batch reversed (spec 4.7). An alpha of 0 turns one off. */
export const mixing = z.strictObject({
  mixupAlpha: z.number().nonnegative().default(0.8),
  cutmixAlpha: z.number().nonnegative().default(1),
  switchProbability: z.number().min(0).max(1).default(0.5),
  mode: z.enum(['batch', 'elem', 'pair']).default('elem'),
  smoothing: z.number().min(0).lt(1).default(0.1),
})

/** Everything about the data that can change the outcome of a training. The folder it is read from is not part of it. */
export const dataSpec = z.strictObject({
  source: z.enum(dataSources),
  /** Side of the square images after loading, for class folders whose images differ in size. */
  imageSize: z.int().positive().nullable().default(null),
  /** Zero pixels added on each side (Fashion-MNIST: 2 makes 28 × 28 into 32 × 32). */
  pad: z.int().nonnegative().default(0),
  /** At most this many images of each split, the classes in equal shares as far as they go. */
  limit: z
    .strictObject({
      train: z.int().positive().nullable().default(null),
      test: z.int().positive().nullable().default(null),
    })
    .prefault({}),
  /** Validation images are taken from the training set, stratified by label, the same for every seed; never augmented. */
  validation: z.strictObject({ fraction: z.number().gt(0).lt(1).default(0.1), seed: z.int().default(42) }).prefault({}),
  augmentation: z.enum(augmentations).default('crop-flip'),
  mixing: mixing.nullable().default(null),
})

export type DataSource = (typeof dataSources)[number]
export type Augmentation = (typeof augmentations)[number]
export type Mixing = z.infer<typeof mixing>
export type DataSpec = z.infer<typeof dataSpec>
