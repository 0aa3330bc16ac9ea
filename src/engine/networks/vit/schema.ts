import { z } from 'zod'
import { imageKeys, networkKeys } from '../../../shared/network/network.ts'
import { snippets } from '../family.ts'
import { sizeOfVariant, transformerChoice, transformerKeys, type TransformerVariant } from '../transformer.ts'

const count = z.int().positive()

/** A vision transformer with pre-norm blocks and a class token (Dosovitskiy 2021). */
export const spec = z.strictObject({
  family: z.literal('vit'),
  /** Side of the square image in pixels, padding included. */
  imageSize: count,
  patchSize: count,
  channels: count,
  ...transformerKeys,
  ...imageKeys,
  ...networkKeys,
})
export type VitSpec = z.infer<typeof spec>

/** Patches of `size` pixels, or as many pixels as make `grid` × `grid` patches of the image (method 1.2: 32/4 and 64/8 alike). */
export type VitPatch = { size: number } | { grid: number }

export interface VitVariant extends TransformerVariant {
  /** Default patch size. */
  patch: VitPatch
  /** Usual exits: every `step`-th block from `first`, without the last `sparedAtEnd` blocks. */
  exits: { first: number; step: number; sparedAtEnd: number }
}

const wide = { depth: 12, patch: { size: 16 }, exits: { first: 1, step: 1, sparedAtEnd: 1 } }

/** The vision transformers of method 1.2. */
export const variants = {
  'vit-t-cifar': {
    title: 'ViT-T (CIFAR)',
    dim: 256,
    mlpDim: 256,
    depth: 7,
    headCount: 8,
    patch: { grid: 8 },
    exits: { first: 0, step: 1, sparedAtEnd: 0 },
  },
  'vit-t': { ...wide, title: 'ViT-T', dim: 192, mlpDim: 768, headCount: 3 },
  'vit-s': { ...wide, title: 'ViT-S', dim: 384, mlpDim: 1536, headCount: 6 },
  'vit-b': {
    ...wide,
    title: 'ViT-B',
    dim: 768,
    mlpDim: 3072,
    headCount: 12,
    exits: { first: 3, step: 2, sparedAtEnd: 2 },
  },
} satisfies Record<string, VitVariant>
const variantNames = Object.keys(variants) as (keyof typeof variants)[]

/** A vision transformer: a `variant`, any of whose sizes may be overridden. */
export const choice = z
  .strictObject({
    family: z.literal('vit').describe('A vision transformer.'),
    variant: z.enum(variantNames).default('vit-t-cifar').describe('Preset of sizes; each can be overridden.'),
    patchSize: sizeOfVariant('Side of a patch (pixels).'),
    ...transformerChoice({
      depth: 'Number of blocks.',
      dropout: { places: 'after the embedding and in the MLP', rate: 0 },
      token: 'the class token',
    }),
  })
  .meta(snippets('vit', variants))
export type VitChoice = z.infer<typeof choice>
