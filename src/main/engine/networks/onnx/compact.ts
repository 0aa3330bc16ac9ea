import type { Graph, GraphNode } from './graph.ts'

/** The graph with what its output needs alone, its values numbered in the order they are first met: equal for equal networks. */
export function compacted(graph: Graph): Graph {
  const nodes = neededNodes(graph.nodes, [graph.output])
  const numbers = new Map<number, number>()
  const number = (value: number) => {
    if (value < 0) return value
    if (!numbers.has(value)) numbers.set(value, numbers.size)
    return numbers.get(value)!
  }
  const inputs = graph.inputs.map((input) => ({ ...input, value: number(input.value) }))
  const modules = [...new Set(nodes.map(({ module }) => module))]
  const renumbered = nodes.map((node): GraphNode => ({
    ...node,
    inputs: node.inputs.map(number),
    outputs: node.outputs.map(number),
    module: modules.indexOf(node.module),
  }))
  const kept = <Entry extends { value: number }>(entries: readonly Entry[]): Entry[] =>
    entries
      .filter(({ value }) => numbers.has(value))
      .map((entry) => ({ ...entry, value: numbers.get(entry.value)! }))
      .sort((a, b) => a.value - b.value)
  return {
    ...graph,
    inputs,
    output: number(graph.output),
    shapes: [...numbers.keys()].map((value) => graph.shapes[value]!),
    modules: modules.map((module) => graph.modules[module]!),
    nodes: renumbered,
    arrays: kept(graph.arrays),
    constants: kept(graph.constants),
  }
}

/** The nodes that values need, of those in the order they run. */
export function neededNodes(nodes: readonly GraphNode[], values: readonly number[]): GraphNode[] {
  const needed = new Set(values)
  return nodes
    .toReversed()
    .filter(({ inputs, outputs }) => {
      if (!outputs.some((value) => needed.has(value))) return false
      for (const value of inputs) needed.add(value)
      return true
    })
    .reverse()
}
