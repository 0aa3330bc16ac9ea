import { textInputs } from '../../../../shared/network-file.ts'
import { finite } from '../float32.ts'
import type { OnnxModel } from '../../../onnx-file/model.ts'
import type { FileArrays } from './file-arrays.ts'
import type { Graph } from './graph.ts'
import { refused, type Inference, type LiveNode } from './infer.ts'
import { anySamples, sameForAll, type Refuse, type Same } from './any-samples.ts'
import { fileRefused } from './problem.ts'
import type { Value } from './value.ts'

export interface Merging {
  model: OnnxModel
  /** Name of the file in messages. */
  file: string
  arrays: FileArrays
  /** Of few samples and of more. */
  first: Inference
  second: Inference
}

/** Makes a graph for any number of samples of what a model is for two of them. */
export class GraphBuilder {
  readonly #merging: Merging
  readonly #modules = new Map<string, number>()
  /** The number of each value, by the first of the names that it has: nodes may pass values on as they are. */
  readonly #numbers = new Map<string, number>()
  readonly #names = new Map<Value, string>()
  readonly #graph: Omit<Graph, 'format' | 'output' | 'modules'> = {
    inputs: [],
    shapes: [],
    nodes: [],
    arrays: [],
    constants: [],
  }

  #constantNumbers = 0

  constructor(merging: Merging) {
    this.#merging = merging
    for (const [name, value] of merging.first.values) if (!this.#names.has(value)) this.#names.set(value, name)
  }

  build(): Graph {
    const { model, first, second } = this.#merging
    // Ids come first: everything that they lead to is the network, other inputs go beside it.
    const place = ({ name }: { name: string }) => textInputs.findIndex((each) => each === name)
    for (const { name } of model.inputs.toSorted((a, b) => place(a) - place(b))) {
      this.#graph.inputs.push({ name, value: this.#number(name, null), type: first.values.get(name)!.type })
    }
    for (const [index, live] of first.live.entries()) this.#add(live, second.live[index]!)
    const { name } = model.outputs[0]!
    if (!first.values.has(name)) throw this.#refuse(null)(`no operator gives its output ${name}`)
    const output = this.#number(name, null)
    return { format: 1, ...this.#graph, output, modules: [...this.#modules.keys()] }
  }

  #add(live: LiveNode, other: LiveNode): void {
    const { node, settings } = live
    if (JSON.stringify(settings) !== JSON.stringify(other.settings))
      throw this.#refuse(live)('its settings depend on the number of samples')
    const inputs = live.inputs.map((name) => this.#number(name, live))
    const given = node.outputs.filter((name) => this.#merging.first.values.has(name))
    const outputs = given.map((name) => this.#number(name, live))
    const module = this.#module(node.module)
    this.#graph.nodes.push({ operator: node.operator, inputs, outputs, module, ...(settings && { settings }) })
  }

  #module(name: string): number {
    const known = this.#modules.get(name) ?? this.#modules.size
    this.#modules.set(name, known)
    return known
  }

  /** The number of a value, which is described where it is first met. */
  #number(name: string, live: LiveNode | null): number {
    if (name === '') return -1
    const { first, second } = this.#merging
    const own = this.#names.get(first.values.get(name)!)!
    const known = this.#numbers.get(own)
    if (known !== undefined) return known
    const value = this.#graph.shapes.length
    this.#numbers.set(own, value)
    this.#describe(value, {
      name: own,
      values: [first.values.get(name)!, second.values.get(name)!],
      refuse: this.#refuse(live),
    })
    return value
  }

  #describe(
    value: number,
    { name, values: [a, b], refuse }: { name: string; values: [Value, Value]; refuse: Refuse },
  ): void {
    const { model, arrays } = this.#merging
    const { shapes } = this.#graph
    if (a.array !== undefined) {
      shapes.push([...a.shape])
      this.#graph.arrays.push({ name: a.array, value, kind: arrays.buffers.has(a.array) ? 'buffer' : 'parameter' })
    } else if (a.known === undefined) shapes.push(anySamples(a.shape, b.shape, refuse))
    else {
      const isLost = a.type === 'float32' && a.known.length > 1 && model.initialisers.has(name)
      if (isLost)
        throw refuse(
          `${name} looks like weights, but has no name of PyTorch's or is no float32, and would not be trained`,
        )
      this.#constantNumbers += a.known.length
      if (this.#constantNumbers > mostConstants) throw refuse('its constants are larger than those of a network')
      this.#addConstant(value, { type: a.type, ...sameForAll(a, b, refuse) })
    }
  }

  /** One that each sample has is repeated by an operator of its own; one that counts through the samples is left to patterns. */
  #addConstant(value: number, { shape, data, type, step }: Same & Pick<Value, 'type'>): void {
    const { shapes, nodes, constants } = this.#graph
    const isOfSamples = step !== undefined
    shapes.push(isOfSamples ? [-1, ...shape.slice(1)] : [...shape])
    const own = isOfSamples ? shapes.push([...shape]) - 1 : value
    const node = { inputs: [own], outputs: [value], module: this.#module('') }
    if (isOfSamples)
      nodes.push(step === 0 ? { operator: 'Expand', ...node } : { operator: 'Count', ...node, settings: { step } })
    constants.push({ value: own, type, data: data.map(finite) })
  }

  #refuse(live: LiveNode | null): Refuse {
    const { file } = this.#merging
    const remedy = 'Export again with export_backbone.py (exitlab export-backbone --help).'
    return (what) => (live ? refused(file, { node: live.node, what, remedy }) : fileRefused(file, what))
  }
}

/** Numbers of all constants, which the specification of the network holds; masks of attention have some ten thousand. */
const mostConstants = 1 << 22
