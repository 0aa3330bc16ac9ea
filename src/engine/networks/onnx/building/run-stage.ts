import type { ForwardContext } from '../../../layers/layer.ts'
import type { Tensor } from '../../../tf.ts'
import type { GraphValue, Node } from '../graph/graph.ts'
import { Call } from '../operators/call.ts'
import { operators } from '../operators/index.ts'
import { ValueTable, type Layout } from '../operators/value-table.ts'
import type { Stage } from '../sites/stages.ts'
import { withFewerRows } from './fewer-rows.ts'
import type { Parts } from './parts.ts'

export interface Running {
  context: ForwardContext
  given: readonly (readonly [value: GraphValue, tensor: Tensor, layout: Layout])[]
}

/** What runs the nodes of a stage on the values that it is given, for those that it hands on and `output`. */
export function stageRunner({ parameters }: Parts, { nodes, live, arrays }: Stage, output: readonly GraphValue[] = []) {
  const isFilter = (name: string) => parameters.get(name)!.layout === 'convolution'
  // No running statistic, as these alone may be in training mode.
  const own = arrays.find((name) => parameters.get(name)!.kind === 'parameter') ?? arrays[0] ?? null
  const run = withFewerRows(nodes, [...live, ...output])
  return ({ context, given }: Running): ValueTable => {
    const table = new ValueTable({ context, samples: given[0]![1].shape[0]!, isFilter })
    for (const [value, tensor, layout] of given) table.set(value, tensor, layout)
    for (const node of run) runNode(node, table, ownerOf(node) ?? own)
    return table
  }
}

export function runNode(node: Node, table: ValueTable, owner: string | null): void {
  const placed = operators[node.operator]!.run!(new Call(node, table, owner))
  node.outputs.forEach((value, index) => table.set(value, placed[index]!.tensor, placed[index]!.layout))
}

/** An array that the node itself reads. */
const ownerOf = ({ inputs }: Node) => inputs.find((value) => value?.array !== undefined)?.array
