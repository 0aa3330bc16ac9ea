import { isFixed, type Graph, type GraphValue, type Links, type Node } from '../graph/graph.ts'

interface AttentionScales {
  /** Products with the scale. */
  scales: ReadonlySet<Node>
  /** Products of matrices that give the scores, which it scales. */
  scaled: ReadonlySet<Node>
}

/** Operators that hand the entries of a value on in another shape or order. */
const layouts: ReadonlySet<string> = new Set(['Reshape', 'Transpose', 'Squeeze', 'Unsqueeze', 'Flatten'])
/** Operators between scores and their softmax. */
const betweenScores: ReadonlySet<string> = new Set([
  ...layouts,
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Where',
  'Clip',
  'Cast',
  'Dropout',
])

/** Numbers that a factor of the scores of attention, or both, are multiplied with: with queries, keys, or a root of it with each. */
export function attentionScales({ nodes }: Graph, links: Links): AttentionScales {
  const found = nodes
    .filter((node) => node.operator === 'MatMul' && !node.inputs.some((factor) => isFixed(factor!)))
    .flatMap((product) => {
      const scales = product.inputs.flatMap((factor) => scaleOf(factor!, links) ?? [])
      return scales.length > 0 && leadsToSoftmax(product, links) ? [{ product, scales }] : []
    })
  return {
    scales: new Set(found.flatMap(({ scales }) => scales)),
    scaled: new Set(found.map(({ product }) => product)),
  }
}

/** The product with one number that a value is, perhaps in another shape, where nothing else reads it. */
function scaleOf(value: GraphValue, { source, readers }: Links): Node | undefined {
  let node = source.get(value)
  while (node && readers.get(node.outputs[0]!)?.length === 1) {
    if (isScale(node)) return node
    if (!layouts.has(node.operator)) return undefined
    node = source.get(node.inputs[0]!)
  }
  return undefined
}

const isScale = ({ operator, inputs: [a, b] }: Node) =>
  (operator === 'Mul' && [a, b].some((each) => each!.known?.length === 1)) ||
  (operator === 'Div' && b!.known?.length === 1)

function leadsToSoftmax(product: Node, { readers }: Links): boolean {
  const seen = new Set<Node>()
  const reaches = ({ outputs: [value] }: Node): boolean =>
    (readers.get(value!) ?? []).some((node) => {
      if (node.operator === 'Softmax') return true
      if (seen.has(node) || !betweenScores.has(node.operator)) return false
      seen.add(node)
      return reaches(node)
    })
  return reaches(product)
}
