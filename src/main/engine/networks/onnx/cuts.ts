import type { Graph, GraphNode } from './graph.ts'
import { lookUps } from './look-ups.ts'

/** The nodes of a graph that lead from images or from the rows of tokens to the logits, and the points through which every path leads. */
export interface Cuts {
  /** Nodes that depend on images or on rows of tokens, in the order they run. */
  main: readonly GraphNode[]
  /** Those of parameters and constants alone. */
  fixed: readonly GraphNode[]
  /** Those of other inputs, such as the mask of a text. */
  aside: readonly GraphNode[]
  /** Those inputs, and what the nodes aside give. */
  besides: readonly number[]
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
  const reached = reachedValues(graph, mainValues(graph))
  const others = graph.inputs.flatMap(({ value }) => (reached.has(value) ? [] : value))
  const beside = reachedValues(graph, others)
  const isOf = (values: ReadonlySet<number>) => (node: GraphNode) => node.outputs.some((value) => values.has(value))
  const [isMain, isBeside] = [isOf(reached), isOf(beside)]
  const main = graph.nodes.filter(isMain)
  const rest = graph.nodes.filter((node) => !isMain(node))
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
  const aside = rest.filter(isBeside)
  return {
    main,
    fixed: rest.filter((node) => !isBeside(node)),
    aside,
    besides: [...others, ...aside.flatMap(({ outputs }) => outputs)],
    cuts: cuts.filter(isOfSamples),
  }

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

/** Images, or the rows that token ids are looked up. */
function mainValues(graph: Graph): number[] {
  const [first] = graph.inputs
  return first!.name === 'ids' ? lookUps(graph).flatMap(({ outputs }) => outputs) : [first!.value]
}

/** These values and those that depend on them. */
function reachedValues({ nodes }: Graph, from: readonly number[]): ReadonlySet<number> {
  const reached = new Set(from)
  for (const node of nodes)
    if (node.inputs.some((value) => reached.has(value))) for (const value of node.outputs) reached.add(value)
  return reached
}
