import type { Graph, GraphNode } from './graph.ts'

/** Values that normalisations read. */
export interface NormArrays {
  /** Running means and variances. */
  statistics: ReadonlySet<number>
  /** Scales and offsets. */
  affine: ReadonlySet<number>
}

export function normArrays({ nodes }: Pick<Graph, 'nodes'>): NormArrays {
  const norms = nodes.filter(({ operator }) => operator.endsWith('Normalization'))
  return {
    statistics: new Set(norms.flatMap(({ inputs }) => inputs.slice(3, 5))),
    affine: new Set(norms.flatMap((node) => [...node.inputs.slice(1, 3), ...affineOfGroups(node, nodes)])),
  }
}

/** Of group normalisation, which is written as instance normalisation between two reshapes, a product and a sum behind it. */
function affineOfGroups({ operator, outputs }: GraphNode, nodes: readonly GraphNode[]): number[] {
  if (operator !== 'InstanceNormalization') return []
  const reader = (value: number | undefined, of: string) =>
    nodes.find((node) => node.operator === of && node.inputs.includes(value!))
  const [whole] = reader(outputs[0], 'Reshape')?.outputs ?? []
  const scaling = reader(whole, 'Mul')
  const [scaled] = scaling?.outputs ?? []
  const shifting = reader(scaled, 'Add')
  const others = [...(scaling?.inputs ?? []), ...(shifting?.inputs ?? [])].filter(
    (each) => ![whole, scaled].includes(each),
  )
  return others.map((value) => {
    const source = nodes.find((node) => node.outputs.includes(value))
    return source && ['Unsqueeze', 'Reshape'].includes(source.operator) ? source.inputs[0]! : value
  })
}
