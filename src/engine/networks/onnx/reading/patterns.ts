import { isArray, linksOf, type Graph, type GraphValue, type Links, type Node, type Settings } from '../graph/graph.ts'

/** A graph in which patterns are looked for. */
interface Search extends Pick<Links, 'source'> {
  /** The one node that reads a value; undefined where there are several, or it is the output. */
  reader(value: GraphValue): Node | undefined
}

/** What becomes of a pattern: its last node is replaced, the others go. */
interface Match {
  last: Node
  replacement: Pick<Node, 'operator' | 'inputs'> & { settings?: Settings }
  others: readonly Node[]
}

type Pattern = (node: Node, search: Search) => Match | null

/**
 * Operations that the exporter writes as several operators, as one again: faster, and right where a part alone would not be:
 * stochastic depth must act in training alone.
 */
export function withPatterns(graph: Graph): Graph {
  const search = searchOf(graph)
  const replaced = new Map<Node, Node>()
  const gone = new Set<Node>()
  for (const node of graph.nodes) {
    const match = patterns[node.operator]?.(node, search)
    if (!match || [match.last, ...match.others].some((each) => gone.has(each) || replaced.has(each))) continue
    const { operator, inputs, settings } = match.replacement
    const { outputs, module } = match.last
    replaced.set(match.last, { operator, inputs, settings, outputs, module })
    for (const each of match.others) gone.add(each)
  }
  const nodes = graph.nodes.flatMap((node) => (gone.has(node) ? [] : (replaced.get(node) ?? node)))
  return { ...graph, nodes }
}

function searchOf(graph: Graph): Search {
  const { source, readers } = linksOf(graph)
  const reader = (value: GraphValue) => {
    const all = value === graph.output ? [] : (readers.get(value) ?? [])
    return all.length === 1 ? all[0] : undefined
  }
  return { source, reader }
}

/** The number that a constant is; undefined where it is none or has several. */
const constant = (value: GraphValue | undefined) => (value?.known?.length === 1 ? value.known[0] : undefined)

const isNear = (value: GraphValue | undefined, wanted: number) => {
  const number = constant(value)
  return number !== undefined && Math.abs(number - wanted) < 1e-4
}

/** x · Wᵀ (+ b) of an array W [out, in]. */
function linear(node: Node, { source, reader }: Search): Match | null {
  const [x, turned] = node.inputs
  const transpose = source.get(turned!)
  if (transpose?.operator !== 'Transpose') return null
  const [weight] = transpose.inputs
  if (!isArrayOf(2, weight)) return null
  const add = reader(node.outputs[0]!)
  const bias = add?.operator === 'Add' ? add.inputs.find((value) => value !== node.outputs[0]) : undefined
  if (!isArrayOf(1, bias) || bias!.shape[0] !== weight!.shape[0])
    return { last: node, replacement: { operator: 'Linear', inputs: [x, weight] }, others: [] }
  return { last: add!, replacement: { operator: 'Linear', inputs: [x, weight, bias] }, others: [node] }
}

const isArrayOf = (rank: number, value: GraphValue | undefined) => isArray(value) && value.shape.length === rank

/** x / √2 → erf → + 1 → two products with x and ½, in either order. */
function gelu(node: Node, { source, reader }: Search): Match | null {
  const scaled = source.get(node.inputs[0]!)
  if (!scaled) return null
  const [x, by] = scaled.inputs
  const isScaled =
    (scaled.operator === 'Div' && isNear(by, Math.SQRT2)) || (scaled.operator === 'Mul' && isNear(by, Math.SQRT1_2))
  const add = reader(node.outputs[0]!)
  if (!isScaled || add?.operator !== 'Add' || !add.inputs.some((value) => isNear(value, 1))) return null
  const inner = reader(add.outputs[0]!)
  if (inner?.operator !== 'Mul') return null
  const otherOf = (mul: Node, value: GraphValue) => mul.inputs.find((each) => each !== value)
  const isHalf = (each: GraphValue | undefined) => isNear(each, 0.5)
  const factor = otherOf(inner, add.outputs[0]!)
  const replacement = { operator: 'Gelu', inputs: [x] }
  const outer = reader(inner.outputs[0]!)
  if (outer?.operator === 'Mul') {
    const factors = [factor, otherOf(outer, inner.outputs[0]!)]
    if (factors.includes(x) && factors.some(isHalf)) return { last: outer, replacement, others: [node, add, inner] }
  }
  // The half may be taken of x first.
  const half = factor && source.get(factor)
  const isHalved = half?.operator === 'Mul' && half.inputs.includes(x) && half.inputs.some(isHalf)
  return isHalved ? { last: inner, replacement, others: [node, add] } : null
}

/** Noise as 0 and 1, which it is with the probability `keep`: noise < keep as a number, or ⌊noise + keep⌋. */
function maskOf(noise: Node, { reader }: Search) {
  const [first, ...others] = noise.outputs
  const chance = reader(first!)
  const mask = chance && reader(chance.outputs[0]!)
  const isLess = chance?.operator === 'Less' && mask?.operator === 'Cast' && chance.inputs[0] === first
  const isFloor = chance?.operator === 'Add' && mask?.operator === 'Floor'
  const keep = chance?.inputs.map(constant).find((value) => value !== undefined)
  if (!(isLess || isFloor) || keep === undefined || others.length > 0) return null
  return { keep, mask: mask!.outputs[0]!, nodes: [noise, chance!, mask!] }
}

/**
 * A branch times a mask, of which either is divided by `keep`: stochastic depth where the mask has one number a sample, dropout where it
 * has one an entry.
 */
function randomDrop(node: Node, search: Search): Match | null {
  const { source, reader } = search
  const found = maskOf(node, search)
  const next = found && reader(found.mask)
  const isByKeep = (each?: Node) => each?.operator === 'Div' && isNear(each.inputs[1], found!.keep)
  const [scaled, last] = isByKeep(next ?? undefined) ? [next!, reader(next!.outputs[0]!)] : [undefined, next]
  if (!found || last?.operator !== 'Mul') return null
  const branch = last.inputs.find((value) => value !== (scaled?.outputs[0] ?? found.mask))
  const divided = scaled ?? source.get(branch!)
  if (!isByKeep(divided) || reader(divided!.outputs[0]!) !== last) return null
  const whole = last.outputs[0]!.sizes
  const isOf = (sizes: readonly number[]) => sizes.join() === found.mask.sizes.join()
  const operator = isOf(whole.map((_, axis) => (axis === 0 ? -1 : 1))) ? 'DropPath' : 'Dropout'
  if (operator === 'Dropout' && !isOf(whole)) return null
  const settings = { rate: Number((1 - found.keep).toPrecision(6)) }
  const inputs = [scaled ? branch : divided!.inputs[0]]
  return { last, replacement: { operator, inputs, settings }, others: [...found.nodes, divided!] }
}

/** Rows of all samples behind one another, at indices that count through the samples: of each sample the same rows. */
function rowsOfEach(node: Node, { reader }: Search): Match | null {
  const gather = reader(node.outputs[0]!)
  if (gather?.operator !== 'Gather' || gather.settings!['axis'] !== 0) return null
  const [x] = gather.inputs
  if (x === node.outputs[0] || x!.sizes[0] !== -(node.settings!['step'] as number)) return null
  return { last: gather, replacement: { operator: 'GatherOfEach', inputs: [x, node.inputs[0]] }, others: [node] }
}

const patterns: Readonly<Record<string, Pattern>> = {
  MatMul: linear,
  Erf: gelu,
  RandomUniformLike: randomDrop,
  Count: rowsOfEach,
}
