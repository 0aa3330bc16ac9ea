import { linksOf, type Graph, type GraphValue, type Links, type Node } from '../graph/graph.ts'

/** Values that normalisations read. */
interface NormArrays {
  /** Running means and variances. */
  statistics: ReadonlySet<GraphValue | undefined>
  /** Scales and offsets. */
  affine: ReadonlySet<GraphValue | undefined>
}

export function normArrays(graph: Pick<Graph, 'nodes'>): NormArrays {
  const norms = graph.nodes.filter(({ operator }) => operator.endsWith('Normalization'))
  const links = linksOf(graph)
  return {
    statistics: new Set(norms.flatMap(({ inputs }) => inputs.slice(3, 5))),
    affine: new Set(norms.flatMap((node) => [...node.inputs.slice(1, 3), ...affineOfGroups(node, links)])),
  }
}

/** Of group normalisation, which is written as instance normalisation between two reshapes, a product and a sum behind it. */
function affineOfGroups({ operator, outputs }: Node, { source, readers }: Links): (GraphValue | undefined)[] {
  if (operator !== 'InstanceNormalization') return []
  const reader = (value: GraphValue | undefined, of: string) =>
    readers.get(value!)?.find((node) => node.operator === of)
  const [whole] = reader(outputs[0], 'Reshape')?.outputs ?? []
  const scaling = reader(whole, 'Mul')
  const [scaled] = scaling?.outputs ?? []
  const shifting = reader(scaled, 'Add')
  const others = [...(scaling?.inputs ?? []), ...(shifting?.inputs ?? [])].filter(
    (each) => ![whole, scaled].includes(each),
  )
  return others.map((value) => {
    const given = source.get(value!)
    return given && ['Unsqueeze', 'Reshape'].includes(given.operator) ? given.inputs[0] : value
  })
}
