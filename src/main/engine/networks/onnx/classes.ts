import { refusal } from '../family.ts'
import type { Graph, GraphNode } from './graph.ts'

/** The graph with another number of outputs: its last product gets other arrays, which are initialised. */
export function withClasses(graph: Graph, classes: number, closing: GraphNode | null): Graph {
  if (graph.shapes[graph.output]!.at(-1) === classes) return graph
  const last = closing && lastProduct(graph, closing)
  if (!last)
    throw refusal(
      'file',
      `the file gives ${graph.shapes[graph.output]!.at(-1)} outputs and the data have ${classes} classes, and its last product cannot be replaced: other operators follow it. Export a network with ${classes} classes`,
    )
  const shapes = [...graph.shapes]
  for (const [value, axis] of last) shapes[value] = shapes[value]!.with(axis, classes)
  return { ...graph, shapes }
}

/** The axes that have one entry a class: of the logits and of the arrays of the product that gives them. */
function lastProduct(
  { output, arrays, nodes, shapes }: Graph,
  closing: GraphNode,
): [value: number, axis: number][] | null {
  const isArray = (value: number | undefined) => arrays.some((array) => array.value === value)
  const classes = shapes[output]!.at(-1)
  const isBias = (value: number | undefined) => isArray(value) && shapes[value!]!.at(-1) === classes
  const [, weight, bias] = closing.inputs
  const after = nodes.slice(nodes.indexOf(closing) + 1)
  const add = after.length === 1 && after[0]!.operator === 'Add' ? after[0] : undefined
  if (!isArray(weight) || (after.length > 0 && !add)) return null
  const added = add?.inputs.find((value) => value !== closing.outputs[0])
  const biases = [bias, added].filter((value) => value !== undefined && value >= 0)
  if (!biases.every(isBias)) return null
  const isTransposed = closing.operator === 'Linear' || closing.settings?.['transposed'] === 1
  const others = [...new Set([closing.outputs[0]!, output, ...biases])]
  return [
    ...others.map((value): [number, number] => [value!, shapes[value!]!.length - 1]),
    [weight!, isTransposed ? 0 : 1],
  ]
}
