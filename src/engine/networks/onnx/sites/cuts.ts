import { isArray, type Graph, type GraphValue, type Node } from '../graph/graph.ts'

/** The nodes of a graph that lead from images or from the rows of tokens to the logits, and the points through which every path leads. */
export interface Cuts {
  /** Nodes that depend on images or on rows of tokens, in the order they run. */
  main: readonly Node[]
  /** Those of parameters and constants alone. */
  fixed: readonly Node[]
  /** Those of other inputs, such as the mask of a text. */
  aside: readonly Node[]
  /** Those inputs, and what the nodes aside give. */
  besides: readonly GraphValue[]
  /** Behind nodes of `main`, in their order. */
  cuts: readonly Cut[]
}

export interface Cut {
  /** Index of the node in `main` that it is behind. */
  after: number
  /** Values that later nodes read: one, or all that the next concatenation takes, and nothing else does. */
  live: readonly GraphValue[]
  /** The value behind it: the one, or the concatenation. */
  value: GraphValue
}

export function cutsOf(graph: Graph): Cuts {
  const sides = sidesOf(graph)
  return { ...sides, cuts: pointsOf(sides.main, graph.output).filter(isOfSamples) }
}

function sidesOf(graph: Graph): Omit<Cuts, 'cuts'> {
  const reached = reachedValues(graph, mainValues(graph))
  const others = graph.inputs.flatMap(({ value }) => (reached.has(value) ? [] : value))
  const beside = reachedValues(graph, others)
  const isOf = (values: ReadonlySet<GraphValue>) => (node: Node) => node.outputs.some((value) => values.has(value))
  const [isMain, isBeside] = [isOf(reached), isOf(beside)]
  const rest = graph.nodes.filter((node) => !isMain(node))
  const aside = rest.filter(isBeside)
  return {
    main: graph.nodes.filter(isMain),
    fixed: rest.filter((node) => !isBeside(node)),
    aside,
    besides: [...others, ...aside.flatMap(({ outputs }) => outputs)],
  }
}

function pointsOf(main: readonly Node[], output: GraphValue): Cut[] {
  const lastRead = new Map(main.flatMap(({ inputs }, index) => inputs.map((value) => [value, index] as const)))
  lastRead.set(output, main.length)
  const alive = new Set<GraphValue>()
  return main.flatMap((node, after): Cut[] => {
    for (const value of node.outputs) alive.add(value)
    for (const value of alive) if ((lastRead.get(value) ?? -1) <= after) alive.delete(value)
    return pointAt(main, after, [...alive])
  })
}

/** Where one value is left, or all that the next concatenation takes. */
function pointAt(main: readonly Node[], after: number, live: GraphValue[]): Cut[] {
  if (live.length === 1) return [{ after, live, value: live[0]! }]
  const isAlive = (value: GraphValue | undefined) => live.includes(value!)
  const next = main.slice(after + 1).find(({ inputs }) => inputs.some(isAlive))
  const takesAll = next?.operator === 'Concat' && live.every((value) => next.inputs.includes(value))
  return takesAll && next.inputs.every(isAlive) ? [{ after, live, value: next.outputs[0]! }] : []
}

/** Windows of a map and alike lie along the first axis as well, where nothing can be attached. */
const isOfSamples = ({ live, value }: Cut) => [...live, value].every(({ sizes }) => sizes[0] === -1)

/** Images, or the rows that token ids are looked up. */
function mainValues(graph: Graph): GraphValue[] {
  const [first] = graph.inputs
  return first!.name === 'ids' ? lookUps(graph).flatMap(({ outputs }) => outputs) : [first!.value]
}

/** Nodes that look token ids up in a table of weights. */
export function lookUps({ inputs: [first], nodes }: Graph): Node[] {
  return nodes.filter(
    ({ operator, inputs: [table, indices] }) => operator === 'Gather' && indices === first!.value && isArray(table),
  )
}

/** These values and those that depend on them. */
function reachedValues({ nodes }: Graph, from: readonly GraphValue[]): ReadonlySet<GraphValue> {
  const reached = new Set(from)
  for (const node of nodes)
    if (node.inputs.some((value) => reached.has(value!))) for (const value of node.outputs) reached.add(value)
  return reached
}
