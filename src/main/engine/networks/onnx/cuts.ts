import type { Graph, GraphNode } from './graph.ts'

/** The nodes of a graph that compute the logits of the main input, and the points through which every path leads. */
export interface Cuts {
  /** Nodes that depend on the main input, in the order they run. */
  main: readonly GraphNode[]
  /** The others: of parameters alone, or of other inputs, such as the mask of a text. */
  side: readonly GraphNode[]
  /** Behind nodes of `main`, in their order. */
  cuts: readonly Cut[]
}

export interface Cut {
  /** Index of the node in `main` that it is behind. */
  after: number
  /** Values that later nodes read: one, or all that the next concatenation takes, and nothing else does. */
  live: readonly number[]
  /** The value behind it: the one, or the concatenation. */
  value: number
}

export function cutsOf(graph: Graph): Cuts {
  const reached = reachedValues(graph)
  const isMain = ({ outputs }: GraphNode) => outputs.some((value) => reached.has(value))
  const main = graph.nodes.filter(isMain)
  const lastRead = new Map<number, number>([[graph.output, main.length]])
  for (const [index, { inputs }] of main.entries()) {
    for (const value of inputs) if (reached.has(value)) lastRead.set(value, Math.max(index, lastRead.get(value) ?? 0))
  }
  const alive = new Set<number>()
  const cuts = main.flatMap((node, after): Cut[] => {
    for (const value of node.outputs) alive.add(value)
    for (const value of alive) if ((lastRead.get(value) ?? -1) <= after) alive.delete(value)
    return cutAt([...alive], after)
  })
  return { main, side: graph.nodes.filter((node) => !isMain(node)), cuts: cuts.filter(isOfSamples) }

  function cutAt(live: number[], after: number): Cut[] {
    if (live.length === 1) return [{ after, live, value: live[0]! }]
    const next = main.slice(after + 1).find(({ inputs }) => inputs.some((value) => live.includes(value)))
    const takesAll = next?.operator === 'Concat' && live.every((value) => next.inputs.includes(value))
    return takesAll && next.inputs.every((value) => live.includes(value))
      ? [{ after, live, value: next.outputs[0]! }]
      : []
  }

  /** Windows of a map and alike lie along the first axis as well, where nothing can be attached. */
  function isOfSamples({ live, value }: Cut): boolean {
    return [...live, value].every((each) => graph.shapes[each]![0] === -1)
  }
}

/** Values that depend on the first input. */
function reachedValues({ inputs, nodes }: Graph): ReadonlySet<number> {
  const reached = new Set([inputs[0]!.value])
  for (const node of nodes)
    if (node.inputs.some((value) => reached.has(value))) for (const value of node.outputs) reached.add(value)
  return reached
}
