import type { Graph, GraphNode } from './graph.ts'
import { shapeFor } from './graph.ts'

/** A graph in which patterns are looked for. */
interface Search {
  graph: Graph
  /** The node that gives a value. */
  source: ReadonlyMap<number, GraphNode>
  /** The one node that reads a value; undefined where there are several, or it is the output. */
  reader(value: number): GraphNode | undefined
  arrays: ReadonlyMap<number, string>
  /** The number that a constant is; undefined where it is none or has several. */
  constant(value: number): number | undefined
}

/** What becomes of a pattern: its last node is replaced, the others go. */
interface Match {
  last: GraphNode
  replacement: Pick<GraphNode, 'operator' | 'inputs' | 'settings'>
  others: readonly GraphNode[]
}

type Pattern = (node: GraphNode, search: Search) => Match | null

/**
 * Operations that the exporter writes as several operators, as one again: faster, and right where a part alone would not be:
 * stochastic depth must act in training alone.
 */
export function withPatterns(graph: Graph): Graph {
  const search = searchOf(graph)
  const replaced = new Map<GraphNode, GraphNode>()
  const gone = new Set<GraphNode>()
  for (const node of graph.nodes) {
    const match = patterns[node.operator]?.(node, search)
    if (!match || [match.last, ...match.others].some((each) => gone.has(each) || replaced.has(each))) continue
    const { outputs, module } = match.last
    replaced.set(match.last, { ...match.replacement, outputs, module })
    for (const each of match.others) gone.add(each)
  }
  const nodes = graph.nodes.flatMap((node) => (gone.has(node) ? [] : (replaced.get(node) ?? node)))
  return { ...graph, nodes }
}

function searchOf(graph: Graph): Search {
  const readers = Map.groupBy(
    graph.nodes.flatMap((node) => [...new Set(node.inputs)].map((value) => ({ value, node }))),
    ({ value }) => value,
  )
  const constants = new Map(graph.constants.map(({ value, data }) => [value, data]))
  return {
    graph,
    source: new Map(graph.nodes.flatMap((node) => node.outputs.map((value) => [value, node] as const))),
    reader: (value) => {
      const all = value === graph.output ? [] : (readers.get(value) ?? [])
      return all.length === 1 ? all[0]!.node : undefined
    },
    arrays: new Map(graph.arrays.map(({ name, value }) => [value, name])),
    constant: (value) => (constants.get(value)?.length === 1 ? constants.get(value)![0] : undefined),
  }
}

const near = (value: number | undefined, wanted: number) => value !== undefined && Math.abs(value - wanted) < 1e-4

/** x · Wᵀ (+ b) of an array W [out, in]. */
function linear(node: GraphNode, { source, reader, arrays, graph }: Search): Match | null {
  const transpose = source.get(node.inputs[1]!)
  const [weight] = transpose?.inputs ?? []
  if (transpose?.operator !== 'Transpose' || !arrays.has(weight!) || graph.shapes[weight!]!.length !== 2) return null
  const [x] = node.inputs as [number]
  const add = reader(node.outputs[0]!)
  const bias = add?.operator === 'Add' ? add.inputs.find((value) => value !== node.outputs[0]) : undefined
  const hasBias = bias !== undefined && arrays.has(bias) && graph.shapes[bias]!.length === 1
  if (!hasBias) return { last: node, replacement: { operator: 'Linear', inputs: [x, weight!] }, others: [] }
  return { last: add!, replacement: { operator: 'Linear', inputs: [x, weight!, bias] }, others: [node] }
}

/** x / √2 → erf → + 1 → two products with x and ½, in either order. */
function gelu(node: GraphNode, { source, reader, constant }: Search): Match | null {
  const scaled = source.get(node.inputs[0]!)
  const [x, by] = scaled?.inputs ?? []
  const isScaled =
    (scaled?.operator === 'Div' && near(constant(by!), Math.SQRT2)) ||
    (scaled?.operator === 'Mul' && near(constant(by!), Math.SQRT1_2))
  const add = reader(node.outputs[0]!)
  if (!isScaled || add?.operator !== 'Add' || !add.inputs.some((value) => near(constant(value), 1))) return null
  const inner = reader(add.outputs[0]!)
  if (inner?.operator !== 'Mul') return null
  const otherOf = (mul: GraphNode, value: number) => mul.inputs.find((each) => each !== value)
  const factor = otherOf(inner, add.outputs[0]!)
  const outer = reader(inner.outputs[0]!)
  if (outer?.operator === 'Mul') {
    const factors = [factor, otherOf(outer, inner.outputs[0]!)]
    if (factors.includes(x) && factors.some((each) => each !== undefined && near(constant(each), 0.5)))
      return { last: outer, replacement: { operator: 'Gelu', inputs: [x!] }, others: [node, add, inner] }
  }
  // The half may be taken of x first.
  const half = factor === undefined ? undefined : source.get(factor)
  if (half?.operator !== 'Mul' || !half.inputs.includes(x!) || !half.inputs.some((each) => near(constant(each), 0.5)))
    return null
  return { last: inner, replacement: { operator: 'Gelu', inputs: [x!] }, others: [node, add] }
}

/** Noise as 0 and 1, which it is with the probability `keep`: noise < keep as a number, or ⌊noise + keep⌋. */
function maskOf(noise: GraphNode, { reader, constant }: Search) {
  const [first, ...others] = noise.outputs
  const chance = reader(first!)
  const mask = chance && reader(chance.outputs[0]!)
  const isLess = chance?.operator === 'Less' && mask?.operator === 'Cast' && chance.inputs[0] === first
  const isFloor = chance?.operator === 'Add' && mask?.operator === 'Floor'
  const keep = chance?.inputs.map(constant).find((value) => value !== undefined)
  if (!(isLess || isFloor) || keep === undefined || others.length > 0) return null
  return { keep, mask: mask!.outputs[0]!, nodes: [noise, chance!, mask!] }
}

/** A branch times a mask, of which either is divided by `keep`: stochastic depth where the mask has one number a sample, else dropout. */
function randomDrop(node: GraphNode, search: Search): Match | null {
  const { source, reader, constant, graph } = search
  const found = maskOf(node, search)
  const next = found && reader(found.mask)
  const isByKeep = (each?: GraphNode) => each?.operator === 'Div' && near(constant(each.inputs[1]!), found!.keep)
  const [scaled, last] = isByKeep(next ?? undefined) ? [next!, reader(next!.outputs[0]!)] : [undefined, next]
  if (!found || last?.operator !== 'Mul') return null
  const branch = last.inputs.find((value) => value !== (scaled?.outputs[0] ?? found.mask))
  const divided = scaled ?? source.get(branch!)
  if (!isByKeep(divided) || reader(divided!.outputs[0]!) !== last) return null
  const operator = shapeFor(graph.shapes[found.mask]!, 1).every((size) => size === 1) ? 'DropPath' : 'Dropout'
  const settings = { rate: Number((1 - found.keep).toPrecision(6)) }
  const inputs = [scaled ? branch! : divided!.inputs[0]!]
  return { last, replacement: { operator, inputs, settings }, others: [...found.nodes, divided!] }
}

/** Rows of all samples behind one another, at indices that count through the samples: of each sample the same rows. */
function rowsOfEach(node: GraphNode, { reader, graph }: Search): Match | null {
  const gather = reader(node.outputs[0]!)
  const [x] = gather?.inputs ?? []
  const isOfEach = gather?.operator === 'Gather' && x !== node.outputs[0] && gather.settings!['axis'] === 0
  if (!isOfEach || graph.shapes[x!]![0] !== -(node.settings!['step'] as number)) return null
  return { last: gather, replacement: { operator: 'GatherOfEach', inputs: [x!, node.inputs[0]!] }, others: [node] }
}

const patterns: Readonly<Record<string, Pattern>> = {
  MatMul: linear,
  Erf: gelu,
  RandomUniformLike: randomDrop,
  Count: rowsOfEach,
}
