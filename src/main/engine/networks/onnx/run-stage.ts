import type { ForwardContext } from '../../layers/layer.ts'
import { Call } from './call.ts'
import type { GraphNode } from './graph.ts'
import type { Parts } from './graph-parts.ts'
import { operators } from './operators/index.ts'
import type { Stage } from './stages.ts'
import type { Tensor } from '../../tf.ts'
import { ValueTable, type Layout, type TableGraph } from './value-table.ts'

export interface Running {
  context: ForwardContext
  given: readonly (readonly [value: number, tensor: Tensor, layout: Layout])[]
}

/** Runs the nodes of a stage on the values that it is given. */
export function run({ source, parameters }: Parts, { nodes, arrays }: Stage, { context, given }: Running): ValueTable {
  const table = new ValueTable(source, context, given[0]![1].shape[0]!)
  for (const [value, tensor, layout] of given) table.set(value, tensor, layout)
  // No running statistic, as these alone may be in training mode.
  const own = arrays.find((name) => parameters.get(name)!.kind === 'parameter') ?? arrays[0] ?? null
  for (const node of nodes) runNode(node, table, ownerOf(node, source) ?? own)
  return table
}

export function runNode(node: GraphNode, table: ValueTable, owner: string | null): void {
  const placed = operators[node.operator]!.run!(new Call(node, table, owner))
  node.outputs.forEach((value, index) => table.set(value, placed[index]!.tensor, placed[index]!.layout))
}

/** An array that the node itself reads. */
const ownerOf = ({ inputs }: GraphNode, { arrays }: TableGraph) =>
  inputs.map((value) => arrays.get(value)).find((name) => name !== undefined)
