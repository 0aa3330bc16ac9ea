import type { Graph, GraphNode } from './graph.ts'

const second = new Set(['Conv', 'BatchNormalization', 'MaxPool', 'AveragePool', 'InstanceNormalization'])
const last = new Set(['MatMul', 'LayerNormalization', 'Gemm', 'Linear'])

/** The axis of the channels of values, where it is known: of what convolutions give the second, of products the last; transpositions move it. */
export function channelAxes({ nodes, shapes }: Graph): ReadonlyMap<number, number> {
  const axes = new Map<number, number>()
  for (const node of nodes) {
    const axis = axisOf(node)
    if (axis !== undefined) for (const value of node.outputs) axes.set(value, axis)
  }
  return axes

  function axisOf({ operator, inputs, outputs, settings }: GraphNode): number | undefined {
    const rank = shapes[outputs[0]!]!.length
    if (second.has(operator)) return 1
    if (last.has(operator)) return rank - 1
    const from = inputs.map((value) => axes.get(value)).find((axis) => axis !== undefined)
    if (from === undefined) return undefined
    if (operator === 'Transpose') return (settings!['order'] as number[]).indexOf(from)
    if (operator !== 'Reshape' && operator !== 'Flatten') return from
    if (from === shapes[inputs[0]!]!.length - 1) return rank - 1
    return from === 1 && rank >= 3 ? 1 : undefined
  }
}
