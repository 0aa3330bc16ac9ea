import type { Operation } from '../cost/operations.ts'
import type { Stream } from '../random.ts'
import type { Tensor } from '../tf.ts'

/**
 * The hidden units that one axis of an array is made of, for weight matching. An axis of `tile · units · repeat` entries holds
 * unit u of group `group` at the entries (t · units + u) · repeat + r: a pooled head's linear layer sees each channel as 16
 * neighbouring columns (repeat 16), a packed qkv projection holds each attention head three times over (tile 3, repeat = head size).
 */
export interface Units {
  group: string
  repeat?: number
  tile?: number
}

/** What a permutation of hidden units acts on: axis `axis` of an array in the engine's layout. */
export interface Axis extends Units {
  axis: number
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
  /** Fresh values in the engine's layout, drawn from the stream of this name alone. */
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
  /** Whether no gradient is asked for: a layer may take a shorter way to its values, which rounds differently. */
  valuesOnly?: boolean
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
  /**
   * What `apply` gives for the first token alone, [batch, 1, features]. Only where other tokens take part in it; every other
   * layer of tokens looks at each alone, and is given the first one alone.
   */
  applyToFirst?(context: ForwardContext, input: Tensor): Tensor
}
