import type { Operation } from '../cost/operations.ts'
import type { Stream } from '../random.ts'
import type { Tensor } from '../tf.ts'

/**
 * What a permutation of hidden units acts on. `repeat` > 1: the axis is made of units of that many neighbouring entries
 * (a pooled head's linear layer sees each channel as 16 columns).
 */
export interface Axis {
  axis: number
  group: string
  repeat?: number
}

/** A named array of a network, its shape as the engine holds it (convolutions HWIO, linear layers [out, in]). */
export interface ParameterSpec {
  /** PyTorch's name, as on disk: `blocks.3.conv1.weight`. */
  name: string
  shape: readonly number[]
  /** Buffers (running statistics) are never trained. */
  kind: 'parameter' | 'buffer'
  /** `convolution`: OIHW on disk, HWIO inside. */
  layout: 'plain' | 'convolution'
  init(source: Stream): Float32Array
  axes: readonly Axis[]
}

/** What a forward pass may ask for and tell. */
export interface ForwardContext {
  /** The array of that name in the engine's layout. */
  value(name: string): Tensor
  /** Whether the part that owns this parameter name is in training mode (batch statistics, dropout). */
  training(name: string): boolean
  /** Called in training mode with the new value of a running statistic. */
  updateBuffer(name: string, value: Tensor): void
  /** int32 [2]; every dropout derives its own seed from it. Absent where no part trains. */
  dropoutSeed?: Tensor
}

/**
 * One layer: a description with four readers (initialise, apply, cost, permutation axes), so that training, cost ledger
 * and weight matching can never disagree. Shapes are per sample, without the batch: [height, width, channels] or [tokens, features].
 */
export interface Layer {
  parameters: readonly ParameterSpec[]
  outputShape: readonly number[]
  /** Operations of one sample in evaluation mode, in order. */
  operations: readonly Operation[]
  apply(context: ForwardContext, input: Tensor): Tensor
}
