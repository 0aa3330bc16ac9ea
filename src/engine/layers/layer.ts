import type { Operation } from './operations.ts'
import type { Stream } from '../random.ts'
import type { Tensor } from '../tf.ts'

/**
 * The hidden units that an axis of an array is made of, or a segment of it, for weight matching. An axis of `tile · total · repeat`
 * entries holds unit u of group `group` at the entries (t · total + offset + u) · repeat + r: a pooled head's linear layer sees each
 * channel as 16 neighbouring columns (repeat 16), a packed qkv projection holds each attention head three times over (tile 3,
 * repeat = head size), and what reads a concatenation has the units of each of its parts from another offset on.
 */
export interface Units {
  group: string
  repeat?: number
  tile?: number
  /** First unit of a segment; default: 0. */
  offset?: number
  /** Units of a segment; default: those of the whole axis. */
  count?: number
}

/** Units of an axis, in one or several segments. */
export type AxisUnits = Units | readonly Units[]

/** What a permutation of hidden units acts on: axis `axis` of an array in the engine's layout, or a segment of it. */
export interface Axis extends Units {
  axis: number
}

/** A named array of a network, its shape as the engine holds it (convolutions HWIO, linear layers [out, in]). */
export interface ParameterSpec {
  /** PyTorch's name, as on disk: `blocks.3.conv1.weight`. */
  name: string
  /** Parameter group, trained or frozen together: `stem`, `blocks.3`, `heads.0`, `classifier`. */
  group: string
  shape: readonly number[]
  /** Buffers (running statistics, and masks or tables of networks of one's own) are never trained. */
  kind: 'parameter' | 'buffer'
  /** Set for scales, offsets and running statistics of a normalisation. */
  role?: 'norm'
  /** `convolution`: OIHW on disk, HWIO inside. */
  layout: 'plain' | 'convolution'
  /** Fresh values in the engine's layout, drawn from the stream of this name alone. */
  init(source: Stream): Float32Array
  axes: readonly Axis[]
}

/** Options and outputs of a forward pass. */
export interface ForwardContext {
  /** The array of that name in the engine's layout. */
  value(name: string): Tensor
  /** Whether the group of this array is in training mode: of dropout a parameter's, of batch norm that of its running mean. */
  training(name: string): boolean
  /** Called in training mode with the new value of a running statistic; `ratio`: of the way to the batch's that it has moved. */
  updateBuffer(name: string, value: Tensor, ratio: number): void
  /** int32 [2]; every dropout derives its own seed from it. Absent where nothing trains. */
  dropoutSeed?: Tensor
  /** Whether no gradient is needed: a layer may then use a faster computation, which rounds differently. */
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

/** Shape of a feature, known before the forward pass. */
export interface FeatureSpec {
  /** Of one sample. */
  shape: readonly number[]
  /** Units of the last axis. */
  units?: AxisUnits
}

/** Named tensors at a point of a backbone: one `map` or `tokens`, or a map for each scale. */
export type Features = Readonly<Record<string, Tensor>>

/** Sources of one feature. */
export interface FeatureSource {
  /** Features of the stage before. */
  inputs: readonly string[]
  /** Names of parameters of this stage. */
  parameters: readonly string[]
}

/** A stage of a backbone that takes and gives named features: the stem (from the network's inputs), a block, the classifier. */
export interface Block extends Pick<Layer, 'parameters' | 'operations'> {
  outputs: Readonly<Record<string, FeatureSpec>>
  /** Sources of each output. Default: all inputs and parameters. */
  sources?: Readonly<Record<string, FeatureSource>>
  apply(context: ForwardContext, inputs: Features): Features
  /** As `apply`, for the first of the `tokens` alone; a block of tokens without it looks at each alone. */
  applyToFirst?(context: ForwardContext, inputs: Features): Features
}

/** A layer as a block that reads one feature and gives one; `units` are those of its output. */
export function blockOf(layer: Layer, { from, to, units }: { from: string; to: string; units?: AxisUnits }): Block {
  const { parameters, operations, outputShape, applyToFirst } = layer
  return {
    parameters,
    operations,
    outputs: { [to]: { shape: outputShape, units } },
    sources: { [to]: { inputs: [from], parameters: parameters.map(({ name }) => name) } },
    apply: (context, inputs) => ({ [to]: layer.apply(context, inputs[from]!) }),
    applyToFirst: applyToFirst && ((context, inputs) => ({ [to]: applyToFirst(context, inputs[from]!) })),
  }
}
