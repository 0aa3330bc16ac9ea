import { sum } from '../../../../shared/statistics/statistics.ts'
import { linksOf, neededNodes, type GraphValue, type Links, type Node } from '../graph/graph.ts'
import { sizeOf } from '../graph/shapes.ts'
import { operators } from '../operators/index.ts'

/**
 * The nodes of a stage that are run for the values `kept`: those of the graph, but each linear layer where it has the fewest rows,
 * before zeros are padded on their way to it and behind a cut on the way from it. Attention in windows (Swin) pads maps to whole
 * windows and cuts them again: at 64 pixels that makes up to three rows of one. Costs are counted of the graph as it is.
 */
export function withFewerRows(nodes: readonly Node[], kept: readonly GraphValue[]): Node[] {
  const padded = replaced(nodes, linearBeforePadding(linksOf({ nodes })))
  const needed = neededNodes(padded, kept)
  const cut = replaced(needed.toReversed(), linearBehindCut(linksOf({ nodes: needed }), new Set(kept)))
  return neededNodes(cut.reverse(), kept)
}

/** The nodes that take a node's place, in the order in which nodes are gone through. */
type Replacement = (node: Node) => readonly Node[] | undefined

const replaced = (nodes: readonly Node[], replacement: Replacement): Node[] =>
  nodes.flatMap((node) => replacement(node) ?? [node])

/** (zeros laid around x) · Wᵀ + b = zeros laid around x · Wᵀ, + b */
function linearBeforePadding({ source }: Links): Replacement {
  return (linear) => {
    const { operator, inputs, outputs } = linear
    if (operator !== 'Linear') return undefined
    const [rows, weight, bias] = inputs
    const found = relaid(rows!, source, (pad) => {
      if (pad.operator !== 'Pad' || !isLayout(pad)) return undefined
      const [x] = pad.inputs
      const features = outputs[0]!.sizes.at(-1)!
      const product = { ...linear, inputs: [x, weight], outputs: [withFeatures(x!, features)] }
      const value = withFeatures(pad.outputs[0]!, features)
      return { value, made: [product, { ...pad, inputs: product.outputs, outputs: [value] }] }
    })
    if (!found || sum(found.begun.map(({ inputs: [x] }) => rowsOf(x!))) >= rowsOf(rows!)) return undefined
    const { value, made } = found
    if (bias) return [...made, { ...linear, operator: 'BiasAdd', inputs: [value, bias] }]
    return [...made.slice(0, -1), { ...made.at(-1)!, outputs }]
  }
}

/** A cut out of the layout of x · Wᵀ + b = (that cut out of the layout of x) · Wᵀ + b, where nothing else reads the rows that go. */
function linearBehindCut({ source, readers }: Links, kept: ReadonlySet<GraphValue>): Replacement {
  const gone = new Set<Node>()
  return (cut) => {
    const { operator, outputs } = cut
    if (operator !== 'Slice' || gone.has(cut)) return undefined
    const found = relaid(outputs[0]!, source, ({ operator, inputs: [x] }) =>
      operator === 'Linear' ? { value: x!, made: [] } : undefined,
    )
    const [linear, ...others] = found?.begun ?? []
    if (!found || others.length > 0 || rowsOf(outputs[0]!) >= rowsOf(linear!.outputs[0]!)) return undefined
    const before = new Set([linear!, ...found.relaid])
    const isRead = (value: GraphValue) => kept.has(value) || readers.get(value)!.some((node) => !before.has(node))
    if ([...before].some((node) => node !== cut && isRead(node.outputs[0]!))) return undefined
    for (const node of before) gone.add(node)
    const last = { ...linear!, inputs: [found.value, ...linear!.inputs.slice(1)], outputs }
    return [last, ...found.made.toReversed()]
  }
}

/** A value in place of a node's, and the nodes that make it, in the order they run. */
interface Begun {
  value: GraphValue
  made: readonly Node[]
}

interface Relaid extends Begun {
  /** The nodes that were laid out anew, and those that they begin with. */
  relaid: readonly Node[]
  begun: readonly Node[]
}

/**
 * A value with other features in the same layout: what it is laid out of comes from nodes in whose place `begin` gives something else.
 * Undefined where anything of it comes from others.
 */
function relaid(
  value: GraphValue,
  source: Links['source'],
  begin: (node: Node) => Begun | undefined,
): Relaid | undefined {
  const found = { made: new Array<Node>(), relaid: new Array<Node>(), begun: new Array<Node>() }
  const done = new Map<GraphValue, GraphValue | undefined>()
  function valueOf(each: GraphValue | undefined): GraphValue | undefined {
    if (!each || done.has(each)) return each && done.get(each)
    const result = relay(source.get(each))
    done.set(each, result)
    return result
  }
  function relay(node: Node | undefined): GraphValue | undefined {
    const begun = node && begin(node)
    if (begun) {
      found.begun.push(node)
      found.made.push(...begun.made)
      return begun.value
    }
    if (!node || !isLayout(node)) return undefined
    const inputs = node.inputs.map(valueOf)
    if (inputs.includes(undefined)) return undefined
    const output = withFeatures(node.outputs[0]!, inputs[0]!.sizes.at(-1)!)
    found.relaid.push(node)
    found.made.push({ ...node, inputs, outputs: [output] })
    return output
  }
  const result = valueOf(value)
  return result && { value: result, ...found }
}

const withFeatures = (value: GraphValue, features: number): GraphValue => ({
  ...value,
  sizes: value.sizes.with(-1, features),
  shape: value.shape.with(-1, features),
})

const rowsOf = ({ shape }: GraphValue) => sizeOf(shape.slice(0, -1))

/** Whether a node only moves rows, of the same features before and behind it. */
function isLayout(node: Node): boolean {
  const [before, behind] = [node.inputs[0], node.outputs[0]].map((value) => value!.sizes.at(-1)!)
  return before === behind && behind! > 0 && operators[node.operator]!.movesRows?.(node) === true
}
