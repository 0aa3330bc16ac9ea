import { isArray, type Graph, type GraphValue, type Links, type Node } from '../graph/graph.ts'

/** Products with the scales of group normalisations, and sums with their offsets, which exporters write behind the normalisation. */
export function groupNormScales({ nodes }: Graph, { source }: Links): ReadonlySet<Node> {
  const found = new Set<Node>()
  const isOfArray = (value: GraphValue) => isArray(value) || isArray(source.get(value)?.inputs[0])
  const other = ({ inputs: [a, b] }: Node) =>
    isOfArray(b!) ? source.get(a!) : isOfArray(a!) ? source.get(b!) : undefined
  const isGroupNorm = (node: Node | undefined) => {
    const norm = node?.operator === 'Reshape' ? source.get(node.inputs[0]!) : undefined
    // [samples, groups, rest]
    return norm?.operator === 'InstanceNormalization' && norm.outputs[0]!.shape.length === 3
  }
  for (const node of nodes) {
    if (node.operator === 'Mul' && isGroupNorm(other(node))) found.add(node)
    if (node.operator === 'Add' && found.has(other(node)!)) found.add(node)
  }
  return found
}
