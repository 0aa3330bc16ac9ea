import { z } from 'zod'
import { convolutionalHeads, tokenHeads } from './network.ts'
import type { Augmentation, DataSpec } from './data.ts'
import { augmentations, dataSpec } from './data.ts'
import { regimeNames } from './phase.ts'
import { objectiveChoice } from './objective.ts'
import { trainingSpec } from './training.ts'

/** Bytes of an experiment's text. None needs more; what is larger is something else. */
export const largestSource = 256 * 1024

export const resnetVariants = ['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152'] as const
export const vitVariants = ['vit-t-cifar', 'vit-t', 'vit-s', 'vit-b'] as const

/** Where the exits sit: blocks by index, every n-th block, or one of the paper's named placements (method 2.4). */
export const exitPlacement = z
  .union([
    z.array(z.int().nonnegative()).min(1),
    z.strictObject({ every: z.int().positive().describe('An exit after blocks n, 2n, 3n, …') }),
    z.enum(['all', 'dense-sparse', 'sparse-dense']),
  ])
  .describe(
    'Blocks after which an exit sits: their indices from 0 ([2, 4, 6]), { every: n }, or a named placement. The final classifier is always an exit and not listed. Default: the usual ones of the variant; else all blocks but the first and the last.',
  )

const size = (meaning: string) => z.int().positive().optional().describe(`${meaning} Default: the variant's.`)

/** A residual network: either `variant` (an ImageNet-style depth), or `blockCounts` with `widths`. `resnet20` is `blockCounts: [3, 3, 3]`. */
export const resnetChoice = z.strictObject({
  family: z.literal('resnet').describe('A residual network.'),
  variant: z.enum(resnetVariants).optional().describe('A depth of the ImageNet family. Else give blockCounts.'),
  blockCounts: z
    .array(z.int().positive())
    .min(1)
    .optional()
    .describe('Blocks of each stage; [3, 3, 3] is the ResNet-20 of CIFAR. Else give variant.'),
  widths: z
    .array(z.int().positive())
    .min(1)
    .optional()
    .describe(
      "Channels of each stage, one entry for each stage. Default: the variant's; else 16, doubled at each stage.",
    ),
  block: z.enum(['basic', 'bottleneck']).optional().describe("Kind of residual block. Default: the variant's."),
  stem: z
    .enum(['3x3', '7x7'])
    .optional()
    .describe('First convolution: 3 × 3 with stride 1, or 7 × 7 with stride 2. Default: 7x7 from 128 pixels on.'),
  exits: exitPlacement.optional(),
  head: z
    .enum(convolutionalHeads)
    .default('pooled')
    .describe('Exit head: mixed pooling and a linear layer, or convolutions before them.'),
})

/** A vision transformer: a `variant`, any of whose sizes may be overridden. */
export const vitChoice = z.strictObject({
  family: z.literal('vit').describe('A vision transformer.'),
  variant: z.enum(vitVariants).default('vit-t-cifar').describe('Sizes to start from; each may be overridden.'),
  patchSize: size('Side of a patch in pixels.'),
  dim: size('Width of a token.'),
  mlpDim: size('Hidden width of the MLP.'),
  depth: size('Number of blocks.'),
  headCount: size('Attention heads of a block.'),
  dropout: z.number().min(0).lt(1).default(0).describe('Dropout after the embedding and in the MLP.'),
  attentionDropout: z.number().min(0).lt(1).default(0).describe('Dropout of the attention weights.'),
  exits: exitPlacement.optional(),
  head: z
    .enum(tokenHeads)
    .default('1L')
    .describe('Exit head on the class token: layers and hidden units. 1L is one linear layer.'),
})

export const networkChoice = z
  .discriminatedUnion('family', [resnetChoice, vitChoice])
  .describe('The backbone, where its exits sit, and what they are.')

/** Keys and values of an experiment as its author writes it. Everything but the first four entries has a default. */
export const experimentEntries = z.strictObject({
  name: z.string().min(1).max(120).describe('What the experiment is called in lists, tables and figures.'),
  data: dataSpec
    .extend({
      path: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Folder or archive the data is read from, relative to the experiment file. Default: where set-up put it.',
        ),
      augmentation: z
        .enum(['auto', ...augmentations])
        .default('auto')
        .describe(
          'crop-flip: random crop after padding, and horizontal flip. trivial-augment: TrivialAugmentWide, then random erasing. auto: crop-flip for convolutional networks, trivial-augment for transformers; none for mnist, whose digits mean something else turned or mirrored.',
        ),
    })
    .describe('The images and how they are split and augmented.'),
  network: networkChoice,
  regimes: z
    .array(z.enum(regimeNames))
    .min(1)
    .describe('Training regimes to compare. Phases that two regimes share are trained once.'),
  seeds: z
    .array(z.int().nonnegative())
    .min(1)
    .default([1])
    .describe('Every regime is trained once with each seed, which sets weights, order of data and augmentation.'),
  objective: objectiveChoice
    .optional()
    .describe('The loss that every phase minimises. Default: the mean of the exits’ losses.'),
  training: trainingSpec.prefault({}).describe('How every phase is optimised, scheduled and stopped.'),
  probes: z
    .strictObject({
      gradientDominance: z
        .union([z.int().min(0).max(1000), z.literal('auto')])
        .default('auto')
        .describe(
          'Batches of an epoch, evenly spaced, at which the gradients of the exits are compared (gradient dominance). auto: 8, but no more than one batch in 40, and at least one. 0: none.',
        ),
    })
    .prefault({})
    .describe(
      'What is measured while a phase trains. It costs a little time and changes nothing of what is trained, so it is no part of what an experiment is known by.',
    ),
})

/** An experiment, with what its author left to Exitlab decided: what is stored, compared and hashed says what was done. */
export const experimentFile = experimentEntries.transform(({ data, objective, ...file }) => ({
  ...file,
  ...(objective && { objective }),
  data: {
    ...data,
    augmentation: data.augmentation === 'auto' ? usualAugmentation(data, file.network) : data.augmentation,
  },
}))

/** method 5.2 */
function usualAugmentation({ source }: Pick<DataSpec, 'source'>, { family }: NetworkChoice): Augmentation {
  if (source === 'mnist') return 'none'
  return family === 'vit' ? 'trivial-augment' : 'crop-flip'
}

export type ExitPlacement = z.infer<typeof exitPlacement>
export type ResnetChoice = z.infer<typeof resnetChoice>
export type VitChoice = z.infer<typeof vitChoice>
export type NetworkChoice = z.infer<typeof networkChoice>
export type ExperimentFile = z.infer<typeof experimentFile>
