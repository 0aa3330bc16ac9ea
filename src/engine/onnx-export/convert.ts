import { ExitlabError } from '../../shared/basics/error.ts'
import { reachable, type BatchedGraph } from './batched.ts'
import { createBuilder, inLayout, type Builder, type Layout } from './builder.ts'
import type { ElementType, OnnxModel, OnnxNode, OnnxPort } from './model.ts'
import { viewOf } from './operation-view.ts'
import { operators } from './operators/index.ts'

export interface ConvertOptions extends Pick<OnnxModel, 'name' | 'description'> {
  /** The inputs that the outputs need; the first axis of each is the number of samples. */
  inputs: Readonly<Record<string, { type: ElementType; layout: Layout }>>
  /** Names of the outputs; all are of float32. */
  outputs: readonly string[]
}

interface Converted {
  model: OnnxModel
  /** Layout of each output. */
  layouts: Readonly<Record<string, Layout>>
}

/** A recorded computation as an ONNX model for any number of samples. @throws ExitlabError `usage`, naming an operation that has no translation. */
export function convert(graph: BatchedGraph, { inputs, outputs, ...about }: ConvertOptions): Converted {
  const [first] = Object.keys(inputs)
  const builder = createBuilder(graph, first!)
  for (const [name, { layout }] of Object.entries(inputs)) builder.hold(graph.inputs[name]!, name, layout)
  const { operations } = reachable(graph, outputs)
  const kept = {
    ...graph,
    operations,
    outputs: Object.fromEntries(outputs.map((name) => [name, graph.outputs[name]!])),
  }
  for (const operation of operations) operatorOf(operation.name)(viewOf(operation, kept, builder))
  const layouts = Object.fromEntries(outputs.map((name) => [name, layoutOf(builder, graph.outputs[name]!)]))
  const names = new Map(outputs.map((name) => [name, builder.name(graph.outputs[name]!, layouts[name]!)]))
  const port = (name: string, id: number, { type, layout }: { type: ElementType; layout: Layout }): OnnxPort => ({
    name,
    type,
    shape: inLayout(layout, graph.values[id]!.shape),
  })
  const model: OnnxModel = {
    ...about,
    nodes: withOutputNames(builder.nodes, names),
    constants: builder.constants,
    inputs: Object.entries(inputs).map(([name, spec]) => port(name, graph.inputs[name]!, spec)),
    outputs: outputs.map((name) => port(name, graph.outputs[name]!, { type: 'float32', layout: layouts[name]! })),
  }
  return { model, layouts }
}

function operatorOf(name: string) {
  const operator = operators[name]
  if (operator) return operator
  throw new ExitlabError(
    'usage',
    `TensorFlow's operation ${name} has no translation to ONNX, so this network cannot be written as segments. Translated are ${Object.keys(operators).join(', ')}.`,
  )
}

const layoutOf = (builder: Builder, id: number): Layout => (builder.isHeld(id, 'plain') ? 'plain' : 'channels-first')

/** Nodes that return the outputs under their names; an output with two names, or that is an input, is copied. */
function withOutputNames(nodes: readonly OnnxNode[], names: ReadonlyMap<string, string>): OnnxNode[] {
  const given = new Set(nodes.flatMap((node) => node.outputs))
  const renamed = new Map<string, string>()
  const copies: OnnxNode[] = []
  for (const [output, name] of names) {
    if (given.has(name) && !renamed.has(name)) renamed.set(name, output)
    else copies.push({ type: 'Identity', inputs: [name], outputs: [output], attributes: {} })
  }
  const rename = (name: string) => renamed.get(name) ?? name
  return [...nodes, ...copies].map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }))
}
