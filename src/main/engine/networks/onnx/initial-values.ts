import { fanInUniform, normal, ones, zeros, type Initialiser } from '../../layers/initialisers.ts'
import type { Graph, GraphNode } from './graph.ts'
import { sizeOf } from './shapes.ts'

/** Deviation of position tables and tokens, as transformers have it. */
const tableDeviation = 0.02

/**
 * How the arrays of a graph are initialised, by name: products and convolutions as PyTorch does by default, scales of normalisations
 * with 1, arrays that had one value in the file (`fresh`) with that value, anything else N(0, 0.02²).
 */
export function initialisers(
  graph: Graph,
  fresh: Readonly<Record<string, number>> = {},
): (name: string) => Initialiser {
  const byValue = new Map<number, Initialiser>()
  for (const node of graph.nodes) for (const [value, init] of ofNode(graph, node)) byValue.set(value, init)
  const values = new Map(graph.arrays.map(({ name, value }) => [name, value]))
  return (name) => {
    const constant = fresh[name]
    if (constant !== undefined) return (length) => new Float32Array(length).fill(constant)
    return byValue.get(values.get(name)!) ?? normal(tableDeviation)
  }
}

function ofNode({ shapes }: Graph, { operator, inputs, settings }: GraphNode): [value: number, Initialiser][] {
  const [, weight, bias = -1, mean, variance] = inputs
  if (operator === 'Conv' || operator === 'Linear' || operator === 'Gemm') {
    const isTransposed = operator !== 'Gemm' || settings?.['transposed'] === 1
    const shape = shapes[weight!]!
    const init = fanInUniform(isTransposed ? sizeOf(shape.slice(1)) : shape[0]!)
    return [
      [weight!, init],
      [bias, init],
    ]
  }
  if (operator === 'MatMul' && shapes[weight!]!.length === 2) return [[weight!, fanInUniform(shapes[weight!]![0]!)]]
  if (!operator.endsWith('Normalization')) return []
  const statistics: [number, Initialiser][] =
    mean === undefined
      ? []
      : [
          [mean, zeros],
          [variance!, ones],
        ]
  return [[weight!, ones], [bias, zeros], ...statistics]
}
