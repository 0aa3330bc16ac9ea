import { z } from 'zod'

/** Exit heads for feature maps: the pooled one, and those with convolutions before it (method 2.2). */
export const convolutionalHeads = ['pooled', 'conv', 'conv_2l', 'conv_3l', 'conv_4l', 'conv_5l'] as const

/** Exit heads for token sequences; they read token 0. `1L` is one linear layer, `2L-1024` has a hidden layer of 1024 units. */
export const tokenHeads = ['1L', '2L-1024', '2L-2048', '2L-4096', '2L-8192', '3L-8192', '4L-8192', '5L-8192'] as const

const count = z.int().positive()

/** Per-channel mean and standard deviation subtracted from and divided into pixels scaled to [0, 1]. */
export const normalisation = z.strictObject({ mean: z.array(z.number()), std: z.array(z.number().positive()) })

const common = {
  classes: count,
  /** Blocks after which an exit sits, ascending; the final classifier is not listed. */
  exits: z.array(z.int().nonnegative()),
  normalisation,
}

/** A residual network, post-activation, without max-pooling (He 2016). */
export const resnetSpec = z.strictObject({
  family: z.literal('resnet'),
  block: z.enum(['basic', 'bottleneck']),
  /** Blocks of each stage. */
  blockCounts: z.array(count).min(1),
  /** Channels of each stage before the bottleneck's expansion by 4. */
  widths: z.array(count).min(1),
  stem: z.enum(['3x3', '7x7']),
  /** Height, width and channels of the images as stored, before padding. */
  inputShape: z.tuple([count, count, count]),
  /** Zero pixels added on each side before normalisation. */
  pad: z.int().nonnegative(),
  head: z.enum(convolutionalHeads),
  ...common,
})

/** A vision transformer with pre-norm blocks and a class token (Dosovitskiy 2021). */
export const vitSpec = z.strictObject({
  family: z.literal('vit'),
  /** Side of the square image in pixels, padding included. */
  imageSize: count,
  patchSize: count,
  dim: count,
  mlpDim: count,
  depth: count,
  headCount: count,
  channels: count,
  pad: z.int().nonnegative(),
  dropout: z.number().min(0).lt(1),
  attentionDropout: z.number().min(0).lt(1),
  head: z.enum(tokenHeads),
  ...common,
})

/** A network with nothing left open: what a checkpoint needs to be read again (exported as network.json). */
export const networkSpec = z.discriminatedUnion('family', [resnetSpec, vitSpec])

export type ResnetSpec = z.infer<typeof resnetSpec>
export type VitSpec = z.infer<typeof vitSpec>
export type NetworkSpec = z.infer<typeof networkSpec>

/** Number of exits, the final classifier included (K). */
export function exitCount(network: NetworkSpec): number {
  return network.exits.length + 1
}
