import { z } from 'zod'
import { exitPlacement, imageKeys, networkKeys } from '../../../../shared/network.ts'
import { headsFor } from '../../heads/index.ts'
import { snippets, type Variant } from '../family.ts'

const count = z.int().positive()
const rate = z.number().min(0).lt(1)
const head = headsFor('tokens')

/** A vision transformer with pre-norm blocks and a class token (Dosovitskiy 2021). */
export const spec = z.strictObject({
  family: z.literal('vit'),
  /** Side of the square image in pixels, padding included. */
  imageSize: count,
  patchSize: count,
  dim: count,
  mlpDim: count,
  depth: count,
  headCount: count,
  channels: count,
  pad: imageKeys.pad,
  dropout: rate,
  attentionDropout: rate,
  head,
  ...networkKeys,
  normalisation: imageKeys.normalisation,
})
export type VitSpec = z.infer<typeof spec>

/** Patches of `size` pixels, or as many pixels as make `grid` × `grid` patches of the image (method 1.2: 32/4 and 64/8 alike). */
export type VitPatch = { size: number } | { grid: number }

export interface VitVariant extends Variant, Pick<VitSpec, 'dim' | 'mlpDim' | 'depth' | 'headCount'> {
  /** Default patch size. */
  patch: VitPatch
  /** Usual exits: every `step`-th block from `first`, without the last `sparedAtEnd` blocks. */
  exits: { first: number; step: number; sparedAtEnd: number }
}

const wide = { depth: 12, patch: { size: 16 }, exits: { first: 1, step: 1, sparedAtEnd: 1 } }

/** The vision transformers of method 1.2. */
export const variants = {
  'vit-t-cifar': {
    ...{ title: 'ViT-T (CIFAR)' },
    ...{ dim: 256, mlpDim: 256, depth: 7, headCount: 8, patch: { grid: 8 } },
    exits: { first: 0, step: 1, sparedAtEnd: 0 },
  },
  'vit-t': { ...wide, title: 'ViT-T', dim: 192, mlpDim: 768, headCount: 3 },
  'vit-s': { ...wide, title: 'ViT-S', dim: 384, mlpDim: 1536, headCount: 6 },
  'vit-b': {
    ...{ ...wide, title: 'ViT-B', dim: 768, mlpDim: 3072, headCount: 12 },
    exits: { first: 3, step: 2, sparedAtEnd: 2 },
  },
} satisfies Record<string, VitVariant>
export const variantNames = Object.keys(variants) as (keyof typeof variants)[]

const size = (meaning: string) => count.optional().describe(`${meaning} Default: the variant's.`)

/** A vision transformer: a `variant`, any of whose sizes may be overridden. */
export const choice = z
  .strictObject({
    family: z.literal('vit').describe('A vision transformer.'),
    variant: z.enum(variantNames).default('vit-t-cifar').describe('Preset of sizes; each can be overridden.'),
    patchSize: size('Side of a patch (pixels).'),
    dim: size('Embedding dimension.'),
    mlpDim: size('Hidden units of the MLP.'),
    depth: size('Number of blocks.'),
    headCount: size('Number of attention heads.'),
    dropout: rate.default(0).describe('Dropout rate after the embedding and in the MLP.'),
    attentionDropout: rate.default(0).describe('Dropout rate of the attention weights.'),
    exits: exitPlacement.optional(),
    head: head
      .default('1L')
      .describe('Exit head on the class token: number of layers and hidden units. 1L is one linear layer.'),
  })
  .meta(snippets('vit', variants))
export type VitChoice = z.infer<typeof choice>
