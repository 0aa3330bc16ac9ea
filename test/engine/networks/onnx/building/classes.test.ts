import { describe, expect, it } from 'vitest'
import { withClasses } from '../../../../../src/engine/networks/onnx/building/classes.ts'
import type { Graph, GraphValue, Node } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import type { StoredGraph } from '../../../../../src/engine/networks/onnx/graph/stored-graph.ts'

const value = (id: number, sizes: number[], array?: string) =>
  ({ id, sizes, shape: [], type: 'float32', array }) as GraphValue
const [features, linear, matrix] = [value(0, [-1, 4]), value(1, [3, 4], 'linear'), value(2, [4, 3], 'matrix')]
const [bias, product, logits] = [value(3, [3], 'bias'), value(4, [-1, 3]), value(5, [-1, 3])]
const node = (operator: string, inputs: GraphValue[], output: GraphValue) =>
  ({ operator, inputs, outputs: [output], module: '', settings: {} }) as Node

/** Shapes for one sample, by the numbers of values, of a network of 3 classes whose last product is its first node, with 5. */
function shapesOf(...nodes: Node[]) {
  const shapes = [features, linear, matrix, bias, product, logits].map(({ sizes }) => sizes.map(Math.abs))
  const output = nodes.at(-1)!.outputs[0]!
  const graph = { nodes, output } as unknown as Graph
  return withClasses({ shapes } as unknown as StoredGraph, graph, { classes: 5, closing: nodes[0]! }).shapes
}

describe('the last product of a network gets as many outputs as there are classes', () => {
  it('of a linear layer with its bias', () => {
    const shapes = shapesOf(node('Linear', [features, linear, bias], logits))
    expect(shapes).toEqual([[1, 4], [5, 4], [4, 3], [5], [1, 3], [1, 5]]) // prettier-ignore
  })

  it('of a product of matrices with a bias that is added behind it', () => {
    const shapes = shapesOf(node('MatMul', [features, matrix], product), node('Add', [product, bias], logits))
    expect(shapes).toEqual([[1, 4], [3, 4], [4, 5], [5], [1, 5], [1, 5]]) // prettier-ignore
  })

  it.each([
    ['Mul', [product, bias]],
    ['Softmax', [product]],
  ])('and is refused where a %s follows it', (operator, inputs) => {
    const nodes = [node('Linear', [features, linear], product), node(operator, inputs, logits)]
    expect(() => shapesOf(...nodes)).toThrow('its last product cannot be replaced: other operators follow it')
  })
})
