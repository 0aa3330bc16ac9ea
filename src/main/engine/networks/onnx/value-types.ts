import type { Graph, GraphNode } from './graph.ts'
import type { ElementName } from './value.ts'

const comparisons = new Set('Equal Less LessOrEqual Greater GreaterOrEqual And Or Not'.split(' '))

/** The data types of the values of a graph. */
export function valueTypes({ inputs, constants, nodes }: Graph): ReadonlyMap<number, ElementName> {
  const types = new Map<number, ElementName>([...inputs, ...constants].map(({ value, type }) => [value, type]))
  for (const node of nodes) for (const value of node.outputs) types.set(value, typeOf(node))
  return types

  function typeOf({ operator, inputs: operands, settings }: GraphNode): ElementName {
    if (operator === 'Cast') return settings!['to'] as ElementName
    if (comparisons.has(operator)) return 'bool'
    return types.get(operands[operator === 'Where' ? 1 : 0]!) ?? 'float32'
  }
}
