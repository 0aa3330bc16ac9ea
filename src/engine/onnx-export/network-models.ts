import { imagePreparation, type NetworkSpec } from '../../shared/network/network.ts'
import type { Features } from '../layers/layer.ts'
import { familyOf, sampleKindOf } from '../networks/families.ts'
import type { Network } from '../networks/network.ts'
import { segmentsOf } from '../networks/segments.ts'
import type { StateValues, TensorRecord } from '../tf.ts'
import { recordFunction, tf } from '../tf.ts'
import { evaluationContext } from '../training/evaluate.ts'
import { inputsOf, recordBatched, type BatchedGraph } from './batched.ts'
import type { Layout } from './builder.ts'
import { convert, type ConvertOptions } from './convert.ts'
import { encodeModel, type ElementType, type OnnxPort } from './model.ts'

/** An ONNX file: a segment of a network, or all of it. */
interface NetworkModel {
  /** Of the file, without its ending. */
  name: string
  /** Exits whose logits it gives. */
  exits: number[]
  inputs: readonly OnnxPort[]
  outputs: readonly OnnxPort[]
  bytes: Uint8Array
}

/** Parts of a network, each recorded on its own; values are named as `segmentsOf` has them. */
interface Part {
  name: string
  description: string
  exits: number[]
  graph: BatchedGraph
  outputs: string[]
}

/**
 * A trained network in evaluation mode as ONNX: one model for each segment, and one with all exits. A segment takes values that
 * the network's inputs and earlier segments have under the same names, so a program keeps them in one table. Images are bytes,
 * [batch, channels, height, width]; padding and normalisation are part of the first model.
 * @throws ExitlabError `usage` where an operation has no translation.
 */
export function* networkModels(network: Network, weights: StateValues): Generator<NetworkModel> {
  const segments = segmentParts(network, weights)
  const layouts: Record<string, Layout> = {}
  for (const part of segments) yield modelOf(part, network.spec, layouts)
  yield modelOf(wholePart(network, weights), network.spec, {})
}

/** Each segment gives its logits, and what later ones read. */
function segmentParts(network: Network, weights: StateValues): Part[] {
  const shapes: Record<string, readonly (number | null)[]> = {}
  const parts = segmentsOf(network).map(({ exit, run }): Part => {
    const given = exit === 0 ? networkInputs(network.spec) : portsOf(shapes)
    const graph = recordBatched((batch) =>
      recordFunction((inputs, state) => run(evaluationContext(state), prepared(inputs, network.spec)) as TensorRecord, {
        inputs: atBatch(given, batch),
        state: weights,
      }),
    )
    for (const [name, id] of Object.entries(graph.outputs)) shapes[name] = graph.values[id]!.shape
    const description = exit === 0 ? 'From the inputs to exit 0.' : `From behind exit ${exit - 1} to exit ${exit}.`
    return { name: `segment-${exit}`, description, exits: [exit], graph, outputs: [`logits.${exit}`] }
  })
  const read = new Set<string>()
  for (const part of parts.toReversed()) {
    part.outputs.push(...Object.keys(part.graph.outputs).filter((name) => read.has(name)))
    for (const name of inputsOf(part.graph, part.outputs)) read.add(name)
  }
  return parts
}

function wholePart(network: Network, weights: StateValues): Part {
  const exits = network.exits.map(({ exit }) => exit)
  const run = (inputs: TensorRecord, state: Parameters<typeof evaluationContext>[0]) => {
    const logits = network.forward(evaluationContext(state), prepared(inputs, network.spec))
    return Object.fromEntries(exits.map((exit) => [`logits.${exit}`, logits[exit]!]))
  }
  const graph = recordBatched((batch) =>
    recordFunction(run, { inputs: atBatch(networkInputs(network.spec), batch), state: weights }),
  )
  const description = 'From the inputs to all exits.'
  return { name: 'all-exits', description, exits, graph, outputs: exits.map((exit) => `logits.${exit}`) }
}

interface Input {
  /** Of one sample. */
  shape: readonly number[]
  dtype: 'float32' | 'int32'
}

/** Inputs of the network; images before they are padded and normalised. */
function networkInputs(spec: NetworkSpec): Record<string, Input> {
  const inputs = familyOf(spec).inputs(spec)
  if (sampleKindOf(spec) !== 'images') return inputs
  const [height, width, channels] = inputs['images']!.shape as [number, number, number]
  const { pad } = imagePreparation.parse(spec)
  return { images: { shape: [height - 2 * pad, width - 2 * pad, channels], dtype: 'int32' } }
}

/** Values of earlier segments. */
function portsOf(shapes: Readonly<Record<string, readonly (number | null)[]>>): Record<string, Input> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, { shape: shape.slice(1) as number[], dtype: 'float32' }]),
  )
}

function atBatch(inputs: Record<string, Input>, batch: number) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape: [batch, ...shape], dtype }]),
  )
}

/** Images of bytes, padded and normalised as the network takes them. */
function prepared(inputs: TensorRecord, spec: NetworkSpec): Features {
  const { images } = inputs
  if (!images) return inputs
  const { pad, normalisation } = imagePreparation.parse(spec)
  const { mean, std } = normalisation
  const around: [number, number] = [pad, pad]
  const pixels = tf.cast(images, 'float32')
  const framed = pad === 0 ? pixels : tf.pad(pixels, [[0, 0], around, around, [0, 0]])
  const scale = tf.tensor1d(std.map((each) => 1 / (255 * each)))
  return { ...inputs, images: tf.sub(tf.mul(framed, scale), tf.tensor1d(mean.map((each, at) => each / std[at]!))) }
}

/** `layouts`: those of the values that earlier segments give; the model's own are added. */
function modelOf(part: Part, spec: NetworkSpec, layouts: Record<string, Layout>): NetworkModel {
  const { name, description, exits, graph, outputs } = part
  const read = inputsOf(graph, outputs).map((input) => [input, portOf(input, spec, layouts)] as const)
  const options: ConvertOptions = { name, description, inputs: Object.fromEntries(read), outputs }
  const { model, layouts: given } = convert(graph, options)
  Object.assign(layouts, given)
  return { name, exits, inputs: model.inputs, outputs: model.outputs, bytes: encodeModel(model) }
}

function portOf(
  name: string,
  spec: NetworkSpec,
  layouts: Record<string, Layout>,
): { type: ElementType; layout: Layout } {
  const own = networkInputs(spec)[name]
  if (!own) return { type: 'float32', layout: layouts[name]! }
  return name === 'images' ? { type: 'uint8', layout: 'channels-first' } : { type: own.dtype, layout: 'plain' }
}
