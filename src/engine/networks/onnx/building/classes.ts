import { refusal } from '../../family.ts'
import { isArray, type Graph, type GraphValue, type Node } from '../graph/graph.ts'
import type { StoredGraph } from '../graph/stored-graph.ts'

/** The stored graph with another number of outputs: its last product gets other arrays, which are initialised. */
export function withClasses(
  stored: StoredGraph,
  graph: Graph,
  { classes, closing }: { classes: number; closing: Node | null },
): StoredGraph {
  const own = graph.output.sizes.at(-1)
  const last = closing && lastProduct(graph, closing)
  if (!last)
    throw refusal(
      'file',
      `the file gives ${own} outputs and the data have ${classes} classes, and its last product cannot be replaced: other operators follow it. Export a network with ${classes} classes`,
    )
  const shapes = [...stored.shapes]
  for (const [{ id }, axis] of last) shapes[id] = shapes[id]!.with(axis, classes)
  return { ...stored, shapes }
}

/** The axes that have one entry a class: of the logits and of the arrays of the product that gives them. */
function lastProduct({ output, nodes }: Graph, closing: Node): [value: GraphValue, axis: number][] | null {
  const classes = output.sizes.at(-1)
  const [, weight, bias] = closing.inputs
  const after = nodes.slice(nodes.indexOf(closing) + 1)
  const add = after.length === 1 && after[0]!.operator === 'Add' ? after[0] : undefined
  if (!isArray(weight) || (after.length > 0 && !add)) return null
  const added = add?.inputs.find((value) => value !== closing.outputs[0])
  const biases = [bias, added].filter((value) => value !== undefined)
  if (!biases.every((value) => isArray(value) && value.sizes.at(-1) === classes)) return null
  const isTransposed = closing.operator === 'Linear' || closing.settings?.['transposed'] === 1
  const others = new Set([closing.outputs[0]!, output, ...biases])
  return [
    ...Array.from(others, (value): [GraphValue, number] => [value, value.sizes.length - 1]),
    [weight, isTransposed ? 0 : 1],
  ]
}
