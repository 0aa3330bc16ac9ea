import { z } from 'zod'
import { exitPlacement, imageKeys, networkKeys } from '../../../shared/network/network.ts'
import { headsFor } from '../../heads/index.ts'
import { snippets } from '../family.ts'

const count = z.int().positive()
const head = headsFor('map')

/** A residual network, post-activation (He 2016). */
export const spec = z.strictObject({
  family: z.literal('resnet'),
  block: z.enum(['basic', 'bottleneck']),
  /** Blocks of each stage. */
  blockCounts: z.array(count).min(1),
  /** Channels of each stage before the bottleneck's expansion by 4. */
  widths: z.array(count).min(1),
  stem: z.enum(['3x3', '7x7']),
  /** Whether a 3 × 3 max-pool with stride 2 follows the stem. Left out where none does, as in the paper's code and before the key existed. */
  maxPool: z.literal(true).optional(),
  /** Height, width and channels of the images as stored, before padding. */
  inputShape: z.tuple([count, count, count]),
  pad: imageKeys.pad,
  head,
  ...networkKeys,
  normalisation: imageKeys.normalisation,
})
export type ResnetSpec = z.infer<typeof spec>

export type ResnetSizes = Pick<ResnetSpec, 'block' | 'blockCounts' | 'widths'>

/** The ImageNet-style depths (He 2016, table 1). */
export const variants = {
  resnet18: { title: 'ResNet-18', block: 'basic', blockCounts: [2, 2, 2, 2] },
  resnet34: { title: 'ResNet-34', block: 'basic', blockCounts: [3, 4, 6, 3] },
  resnet50: { title: 'ResNet-50', block: 'bottleneck', blockCounts: [3, 4, 6, 3] },
  resnet101: { title: 'ResNet-101', block: 'bottleneck', blockCounts: [3, 4, 23, 3] },
  resnet152: { title: 'ResNet-152', block: 'bottleneck', blockCounts: [3, 8, 36, 3] },
} as const
export const variantWidths = [64, 128, 256, 512]
export const variantNames = Object.keys(variants) as (keyof typeof variants)[]

/** A residual network: either `variant` (an ImageNet-style depth), or `blockCounts` with `widths`. `resnet20` is `blockCounts: [3, 3, 3]`. */
export const choice = z
  .strictObject({
    family: z.literal('resnet').describe('A residual network.'),
    variant: z.enum(variantNames).optional().describe('A ResNet of the ImageNet family. Alternative: blockCounts.'),
    blockCounts: z
      .array(count)
      .min(1)
      .optional()
      .describe('Number of blocks of each stage; [3, 3, 3] is the ResNet-20 of CIFAR. Alternative: variant.'),
    widths: z
      .array(count)
      .min(1)
      .optional()
      .describe("Number of channels of each stage. Default: the variant's; else 16, doubled at each stage."),
    block: z.enum(['basic', 'bottleneck']).optional().describe("Type of residual block. Default: the variant's."),
    stem: z
      .enum(['3x3', '7x7'])
      .optional()
      .describe(
        'First convolution: 3 × 3 with stride 1, or 7 × 7 with stride 2. Default: 7x7 for images of 128 pixels or more.',
      ),
    maxPool: z
      .boolean()
      .optional()
      .describe('3 × 3 max-pooling with stride 2 after the stem, as in torchvision. Default: false.'),
    exits: exitPlacement.optional(),
    head: head
      .default('pooled')
      .describe(
        'Exit head: mixed pooling and a linear layer (pooled), after one or more convolutions (conv, conv_2l …).',
      ),
  })
  .meta(
    snippets('resnet', variants, { label: 'ResNet (custom)', sizes: { blockCounts: [3, 3, 3], widths: [16, 32, 64] } }),
  )
export type ResnetChoice = z.infer<typeof choice>
