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
  /** Index in `main` of the last node that reads a value; of the output how many nodes there are. */
  lastRead: ReadonlyMap<GraphValue | undefined, number>
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
  const lastRead = lastReadOf(sides.main, graph.output)
  return { ...sides, lastRead, cuts: pointsOf(graph, sides.main, lastRead).filter(isOfSamples) }
}

function lastReadOf(main: readonly Node[], output: GraphValue): Cuts['lastRead'] {
  const read = main.flatMap(({ inputs }, index) => inputs.map((value) => [value, index] as const))
  return new Map([...read, [output, main.length]])
}

function sidesOf(graph: Graph): Omit<Cuts, 'cuts' | 'lastRead'> {
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

function pointsOf(graph: Graph, main: readonly Node[], lastRead: Cuts['lastRead']): Cut[] {
  // Images may be read again behind the first operator; token ids are handed on beside the rows that they are looked up in.
  const alive = new Set<GraphValue | undefined>(isOfTexts(graph) ? [] : [graph.inputs[0]!.value])
  return main.flatMap(({ inputs, outputs }, after): Cut[] => {
    for (const value of outputs) alive.add(value)
    for (const value of [...inputs, ...outputs]) if ((lastRead.get(value) ?? -1) <= after) alive.delete(value)
    return pointAt(main, after, alive)
  })
}

/** Where one value is left, or all that the next concatenation takes. */
function pointAt(main: readonly Node[], after: number, alive: ReadonlySet<GraphValue | undefined>): Cut[] {
  const live = () => [...alive] as GraphValue[]
  if (alive.size === 1) return [{ after, live: live(), value: live()[0]! }]
  const next = nextReader(main, after, alive)
  const isAll = next?.operator === 'Concat' && new Set(next.inputs).size === alive.size
  return isAll && next.inputs.every((value) => alive.has(value))
    ? [{ after, live: live(), value: next.outputs[0]! }]
    : []
}

function nextReader(main: readonly Node[], after: number, alive: ReadonlySet<GraphValue | undefined>) {
  for (let index = after + 1; index < main.length; index++)
    if (main[index]!.inputs.some((value) => alive.has(value))) return main[index]
  return undefined
}

/** Windows of a map and alike lie along the first axis as well, where nothing can be attached. */
const isOfSamples = ({ live, value }: Cut) => [...live, value].every(({ sizes }) => sizes[0] === -1)

const isOfTexts = ({ inputs: [first] }: Graph) => first!.name === 'ids'

/** Images, or the rows that token ids are looked up. */
const mainValues = (graph: Graph): GraphValue[] =>
  isOfTexts(graph) ? lookUps(graph).flatMap(({ outputs }) => outputs) : [graph.inputs[0]!.value]

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
