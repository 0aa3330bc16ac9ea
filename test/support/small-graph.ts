import type { Graph, GraphValue, Settings } from '../../src/engine/networks/onnx/graph/graph.ts'
import { linkedGraph } from '../../src/engine/networks/onnx/graph/linked-graph.ts'

/** Operator, names of its operands (none: left out) and of what it gives, the sizes of each of these; then settings and module. */
export interface SmallNode {
  operator: string
  inputs: readonly string[]
  outputs: Readonly<Record<string, number[]>>
  settings?: Settings
  module?: string
}

interface SmallGraph {
  /** Sizes of what comes in: ids and masks are whole numbers. */
  inputs: Readonly<Record<string, number[]>>
  arrays?: Readonly<Record<string, number[]>>
  constants?: Readonly<Record<string, { sizes: number[]; data: number[] }>>
  /** The output is that of the last. */
  nodes: readonly SmallNode[]
}

/** A graph of values by names, made by hand. */
export function smallGraph({ inputs, arrays = {}, constants = {}, nodes }: SmallGraph) {
  const given = Object.fromEntries(Object.entries(constants).map(([name, { sizes }]) => [name, sizes]))
  const sizes = Object.assign({}, inputs, arrays, given, ...nodes.map(({ outputs }) => outputs)) as Record<
    string,
    number[]
  >
  const names = Object.keys(sizes)
  const number = (name: string) => names.indexOf(name)
  const modules = [...new Set(nodes.map(({ module = '' }) => module))]
  const graph: Graph = linkedGraph({
    format: 1,
    inputs: Object.keys(inputs).map((name) => ({
      ...{ name, value: number(name), type: ['ids', 'mask'].includes(name) ? 'int32' : 'float32' },
    })),
    output: number(Object.keys(nodes.at(-1)!.outputs)[0]!),
    shapes: Object.values(sizes),
    modules,
    nodes: nodes.map(({ operator, settings, module = '', ...node }) => ({
      ...{ operator, inputs: node.inputs.map(number), outputs: Object.keys(node.outputs).map(number) },
      ...{ module: modules.indexOf(module), ...(settings && { settings: { ...settings } }) },
    })),
    arrays: Object.keys(arrays).map((name) => ({ name, value: number(name), kind: 'parameter' })),
    constants: Object.entries(constants).map(([name, { data }]) => ({ value: number(name), type: 'float32', data })),
  })
  const nameOf = (value: GraphValue | undefined) => (value === undefined ? undefined : names[value.id])
  return { graph, value: (name: string) => graph.values[number(name)]!, nameOf }
}
