import { textInputs } from '../../../../shared/network/network-file.ts'
import type { OnnxModel } from '../../../../shared/onnx-file/model.ts'
import { finite } from '../../float32.ts'
import { shapeFor, type Graph, type GraphValue, type Node, type Value } from '../graph/graph.ts'
import { isPossible, type Shape } from '../graph/shapes.ts'
import { typeNames } from '../operators/operands.ts'
import { anySamples, few, more, sameForAll, type Refuse, type Same } from './any-samples.ts'
import { fileArrays, refuseLostNames, type FileArrays } from './file-arrays.ts'
import { infer, type Inference } from './infer.ts'
import { fileRefused, nodeRefused } from './refusals.ts'
import { refuseOtherOutput, refuseWrongNodes, refuseWrongVariances } from './wrong-files.ts'

export interface ReadOptions {
  file: string
  /** Height and width of the images, where they are not those of the file. */
  side?: readonly [height: number, width: number] | undefined
}

/** The graph of a model for any number of samples, without patterns. @throws ExitlabError `data` where it cannot be used. */
export function mergedGraph(model: OnnxModel, { file, side }: ReadOptions): { graph: Graph; arrays: FileArrays } {
  const arrays = fileArrays(model)
  refuseLostNames(model, arrays, file)
  refuseWrongNodes(model, file)
  refuseWrongVariances(model, arrays, file)
  if (model.outputs.length !== 1)
    throw fileRefused(
      file,
      `it has ${model.outputs.length} outputs; expected one: export a network that returns its logits alone`,
    )
  const [first, second] = [few, more].map((samples) =>
    infer(model, { file, arrays, inputs: inputShapes(model, samples, { file, side }) }),
  )
  if (first!.nodes.length !== second!.nodes.length)
    throw fileRefused(file, `what it computes depends on the number of samples. ${exportAgain}`)
  const graph = new Merge(file, arrays.buffers).graph(first!, second!)
  refuseOtherOutput(model, graph, file)
  return { graph, arrays }
}

function inputShapes({ inputs }: OnnxModel, samples: number, { file, side }: ReadOptions): Record<string, Shape> {
  return Object.fromEntries(
    inputs.map(({ name, type, shape: [, ...rest] }) => {
      if (!typeNames[type])
        throw fileRefused(
          file,
          `its input ${name} holds no numbers that are supported; expected float32 images, or token ids of int32 or int64`,
        )
      const isImage = rest.length === 3
      const sizes = rest.map((size, axis) => (isImage && axis > 0 && side ? side[axis - 1]! : Number(size)))
      if (sizes.some(Number.isNaN))
        throw fileRefused(
          file,
          `its input ${name} is open, [samples, ${rest.join(', ')}]: export it at the size of your data`,
        )
      if (!isPossible([samples, ...sizes]) || sizes.includes(0))
        throw fileRefused(file, `its input ${name} is [samples, ${rest.join(', ')}], which no data can have`)
      return [name, [samples, ...sizes]]
    }),
  )
}

/** Numbers of all constants, which the specification of the network holds; masks of attention have some ten thousand. */
const mostConstants = 1 << 22

/** Makes a graph for any number of samples of what a model is for few of them and for more. */
class Merge {
  readonly #file: string
  readonly #buffers: ReadonlySet<string>
  readonly #nodes: Node[] = []
  readonly #values: GraphValue[] = []
  /** By the value for few samples: nodes may pass values on as they are. */
  readonly #merged = new Map<Value, GraphValue>()
  #constantNumbers = 0

  constructor(file: string, buffers: ReadonlySet<string>) {
    this.#file = file
    this.#buffers = buffers
  }

  graph(first: Inference, second: Inference): Graph {
    const refuse: Refuse = (what) => fileRefused(this.#file, what)
    // Ids come first: everything that they lead to is the network, other inputs go beside it.
    const place = ({ name }: { name: string }) => textInputs.findIndex((each) => each === name)
    const ports = first.inputs.map(({ name, value }, index) => ({ name, pair: [value, second.inputs[index]!.value] }))
    const inputs = ports
      .toSorted((a, b) => place(a) - place(b))
      .map(({ name, pair: [a, b] }) => ({ name, value: this.#value(a!, b!, refuse) }))
    for (const [index, node] of first.nodes.entries()) this.#add(node, second.nodes[index]!)
    const output = this.#value(first.output, second.output, refuse)
    return { inputs, output, nodes: this.#nodes, values: this.#values }
  }

  #add(node: Node<Value>, other: Node<Value>): void {
    const refuse: Refuse = (what) => nodeRefused(this.#file, { node, what, remedy: `${exportAgain}.` })
    if (JSON.stringify(node.settings) !== JSON.stringify(other.settings))
      throw refuse('its settings depend on the number of samples')
    const inputs = node.inputs.map((value, index) => value && this.#value(value, other.inputs[index]!, refuse))
    const outputs = node.outputs.map((value, index) => this.#value(value, other.outputs[index]!, refuse))
    this.#nodes.push({ ...node, inputs, outputs })
  }

  /** The merged value, which is made where it is first met. */
  #value(a: Value, b: Value, refuse: Refuse): GraphValue {
    const known = this.#merged.get(a)
    if (known) return known
    const merged = this.#made(a, b, refuse)
    this.#merged.set(a, merged)
    return merged
  }

  #made(a: Value, b: Value, refuse: Refuse): GraphValue {
    const { type, array, known, initialiser } = a
    if (array !== undefined)
      return this.#create(a.shape, { type, array, kind: this.#buffers.has(array) ? 'buffer' : 'parameter' })
    if (known === undefined) return this.#create(anySamples(a.shape, b.shape, refuse), { type })
    if (type === 'float32' && known.length > 1 && initialiser !== undefined)
      throw refuse(
        `${initialiser} looks like weights, but has no name of PyTorch's or is no float32, and would not be trained`,
      )
    if (Array.from(known).some((each) => !(each <= Infinity)))
      throw refuse(`${initialiser ?? 'a constant'} holds NaN, which is no number`)
    this.#constantNumbers += known.length
    if (this.#constantNumbers > mostConstants) throw refuse('its constants are larger than those of a network')
    return this.#constant(type, sameForAll(a, b, refuse))
  }

  /** One that each sample has is repeated by an operator of its own; one that counts through the samples is left to patterns. */
  #constant(type: Value['type'], { shape, data, step }: Same): GraphValue {
    const own = this.#create(shape, { type, known: data.map(finite) })
    if (step === undefined) return own
    const value = this.#create([-1, ...shape.slice(1)], { type })
    const node = { inputs: [own], outputs: [value], module: '' }
    this.#nodes.push(
      step === 0
        ? { operator: 'Expand', ...node, settings: undefined }
        : { operator: 'Count', ...node, settings: { step } },
    )
    return value
  }

  #create(sizes: Shape, facts: Omit<GraphValue, 'id' | 'sizes' | 'shape'>): GraphValue {
    const value = { id: this.#values.length, sizes, shape: shapeFor(sizes, 1), ...facts }
    this.#values.push(value)
    return value
  }
}

const exportAgain = 'Export again with export_backbone.py (exitlab export-backbone --help)'
