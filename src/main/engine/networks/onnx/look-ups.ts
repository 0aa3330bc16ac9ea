import type { Graph, GraphNode } from './graph.ts'

/** Nodes that look token ids up in a table of weights. */
export function lookUps({ inputs: [first], nodes, arrays }: Graph): GraphNode[] {
  const isTable = (value: number) => arrays.some((array) => array.value === value)
  return nodes.filter(
    ({ operator, inputs: [table, indices] }) => operator === 'Gather' && indices === first!.value && isTable(table!),
  )
}
