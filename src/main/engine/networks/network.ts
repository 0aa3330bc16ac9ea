import type { NetworkSpec } from '../../../shared/network.ts'
import type { Operation } from '../cost/operations.ts'
import type { ForwardContext, ParameterSpec } from '../layers/layer.ts'
import type { Tensor } from '../tf.ts'

/** Where an exit sits: behind a block with a head of its own, or the final classifier (block null). */
export interface ExitPosition {
  exit: number
  block: number | null
}

export interface ForwardOptions {
  /** Exits whose logits are wanted; blocks behind the deepest of them, and heads of others, do not run. Default: all. */
  exits?: readonly number[]
  /** Called with the features behind each block that runs. */
  onBlock?: (block: number, features: Tensor) => void
}

/** Behind a block, whether or not an exit sits there. */
export interface Place {
  /** Of the features of one image: [height, width, channels], or [tokens, dim]. */
  shape: readonly number[]
  /** How many of the bare backbone's operations have run by then. */
  operations: number
  /** Operations of the network's kind of head there; null where it cannot sit. */
  head(): readonly Operation[] | null
}

/** A multi-exit network: blocks in depth order, heads behind some of them, the final classifier last. */
export interface Network {
  spec: NetworkSpec
  /** All arrays in depth order; each head's right behind its block. */
  parameters: readonly ParameterSpec[]
  /** Prefixes of parameter names in the order they run: `stem`, `blocks.0`, …, `heads.0`, …, `classifier`. */
  parts: readonly string[]
  blockCount: number
  exits: readonly ExitPosition[]
  /** One for each block. */
  places: readonly Place[]
  /** images: [batch, height, width, channels], padded and normalised. Returns logits [batch, classes] per exit; null where not wanted. */
  forward(context: ForwardContext, images: Tensor, options?: ForwardOptions): (Tensor | null)[]
  /** Operations of one sample on the way to each exit, heads before it included; and of the bare backbone with its classifier. */
  operations: { exits: readonly (readonly Operation[])[]; backbone: readonly Operation[] }
}
