import { z } from 'zod'
import { otherTask, type OfTask } from '../methods/task.ts'

const count = z.int().positive()

/** Keys of every network's specification, last. */
export const networkKeys = {
  classes: count,
  /** Blocks after which an exit sits, ascending; the final classifier is not listed. */
  exits: z.array(z.int().nonnegative()),
  /** Task; absent: classification. A regression has one class, its prediction. */
  task: otherTask,
}

/** Keys of the specification of a network of images: how pixels become its input. */
export const imageKeys = {
  /** Zero pixels added on each side before normalisation. */
  pad: z.int().nonnegative(),
  /** Per-channel mean and standard deviation subtracted from and divided into pixels scaled to [0, 1]. */
  normalisation: z.strictObject({ mean: z.array(z.number()), std: z.array(z.number().positive()) }),
}
export const imagePreparation = z.object(imageKeys)
export type ImagePreparation = z.infer<typeof imagePreparation>

/**
 * A network with nothing left open: what a checkpoint needs to be read again (exported as network.json). Its family
 * (engine/networks/families.ts) knows the other keys.
 */
export interface NetworkSpec extends z.infer<z.ZodObject<typeof networkKeys>> {
  family: string
  /** Name of an exit head. */
  head: string
  [size: string]: unknown
}

/** Positions of the exits: blocks by index, every n-th block, or one of the paper's named placements (method 2.4). */
export const exitPlacement = z
  .union([
    z.array(z.int().nonnegative()),
    z.strictObject({ every: z.int().positive().describe('An exit after blocks n, 2n, 3n, …') }),
    z.enum(['all', 'dense-sparse', 'sparse-dense']),
  ])
  .describe(
    'Blocks followed by an exit: indices from 0 ([2, 4, 6]), { every: n }, or a named placement. The final classifier is always an exit and is not listed; with none, [], regimes train the backbone alone. Default: that of the variant; else all blocks except the first and the last.',
  )
export type ExitPlacement = z.infer<typeof exitPlacement>

/** A network as an experiment describes it: some sizes of its family may be left out. */
export interface NetworkChoice {
  family: string
  variant?: string | undefined
  exits?: ExitPlacement | undefined
  /** Left out: the one that fits what the file of the network gives. */
  head?: string | undefined
  [size: string]: unknown
}

/** Properties of a data set that affect a network. */
export type SampleSpec = ImageSpec | TextSpec
export interface SampleSpecs {
  images: ImageSpec
  text: TextSpec
}

export interface ImageSpec extends ImagePreparation, OfTask {
  kind: 'images'
  /** As stored, before padding. */
  height: number
  width: number
  channels: number
  classes: number
}

export interface TextSpec extends OfTask {
  kind: 'text'
  /** Vocabulary size: token ids are below it. */
  vocabulary: number
  /** Tokens of the longest sample, special ones included. */
  maxLength: number
  classes: number
}

/** Number of exits, the final classifier included (K). */
export function exitCount(network: Pick<NetworkSpec, 'exits'>): number {
  return network.exits.length + 1
}

/** Properties of a network needed by figures by block. */
export const networkOutline = z.object({
  /** The feature of each block that heads and analyses read. */
  reads: z.enum(['map', 'tokens']),
  /** What one token is that stands for all; `first token`: heads read the others as well. */
  token: z.enum(['class token', 'mean of the tokens', 'first token']),
  blockCount: z.int(),
  /** Block that each exit reads, in depth order; the final classifier reads the last. */
  exits: z.array(z.int()),
})
export type NetworkOutline = z.infer<typeof networkOutline>
