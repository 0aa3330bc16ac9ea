import { expect, it } from 'vitest'
import { activations, type Operation } from '../../../../../src/engine/layers/operations.ts'
import type { Settings } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { operators } from '../../../../../src/engine/networks/onnx/operators/index.ts'
import { nodeLike } from '../../../../support/onnx-fixtures.ts'
import { macsOfNode, type Given } from '../../../../support/onnx-operator.ts'
import { smallGraph } from '../../../../support/small-graph.ts'

const array = (...shape: number[]): Given => ({ shape, array: 'weight' })
const given = (...shape: number[]): Given => ({ shape })

it('a convolution costs one multiply-add for each weight at each place', () => {
  const windows = { strides: [2, 1], pads: [1, 1, 1, 1] }
  // 3 × 3 windows of 4 channels, at 3 × 5 places, to 8 filters.
  expect(macsOfNode(nodeLike('Conv', [], [], windows), [given(1, 4, 5, 5), array(8, 4, 3, 3)])).toBe(3 * 5 * 9 * 4 * 8)
  const grouped = nodeLike('Conv', [], [], { ...windows, group: 2 })
  expect(macsOfNode(grouped, [given(1, 4, 5, 5), array(8, 2, 3, 3)])).toBe(3 * 5 * 9 * 2 * 8)
  // Windows of 3 at 6 places of a sequence.
  expect(macsOfNode(nodeLike('Conv', []), [given(1, 4, 8), array(2, 4, 3)])).toBe(6 * 3 * 4 * 2)
})

it('products cost rows × inner × columns, for each pair of matrices', () => {
  expect(macsOfNode(nodeLike('Gemm', []), [given(1, 4), array(4, 3)])).toBe(4 * 3)
  expect(macsOfNode(nodeLike('Gemm', [], [], { transB: 1 }), [given(1, 4), array(3, 4)])).toBe(4 * 3)
  expect(macsOfNode(nodeLike('MatMul', []), [given(1, 7, 4), array(4, 3)])).toBe(7 * 4 * 3)
  expect(macsOfNode(nodeLike('MatMul', []), [given(1, 2, 7, 4), given(1, 2, 4, 5)])).toBe(2 * 7 * 4 * 5)
  expect(macsOfNode(nodeLike('MatMul', []), [given(1, 2, 7, 4), array(2, 4, 5)])).toBe(2 * 7 * 4 * 5)
})

it('a softmax costs two multiply-adds an entry, a layer normalisation five, a batch normalisation two, a running sum one', () => {
  expect(macsOfNode(nodeLike('Softmax', []), [given(1, 3, 4)])).toBe(2 * 12)
  expect(macsOfNode(nodeLike('LayerNormalization', []), [given(1, 3, 4), array(4), array(4)])).toBe(5 * 12)
  const statistics = [array(3), array(3), array(3), array(3)]
  expect(macsOfNode(nodeLike('BatchNormalization', []), [given(1, 3, 4), ...statistics])).toBe(2 * 12)
  expect(macsOfNode(nodeLike('Gelu', []), [given(1, 3, 4)])).toBe(12)
  const axis = { shape: [1], known: [1] }
  expect(macsOfNode(nodeLike('CumSum', []), [given(1, 4), axis])).toBe(4)
})

it('what moves numbers costs nothing, and keeps what it gives for the backward pass', () => {
  /** Of a node with these settings: what it gives is kept once, a concatenation’s as a new array. */
  const kept = (operator: string, inputs: number[][], output: number[], settings: Settings) => {
    const names = inputs.map((_, index) => `x${index}`)
    const { graph } = smallGraph({
      inputs: Object.fromEntries(inputs.map((sizes, index) => [names[index]!, sizes])),
      nodes: [{ operator, inputs: names, outputs: { y: output }, settings }],
    })
    const first = { module: '', kind: 'add', sizes: { elements: 6 } } as const
    const own = operators[operator]!.operations!(graph.nodes[0]!)
    return activations([first, ...own.map((each) => ({ module: '', ...each }) as Operation)]) - 6
  }
  expect(kept('Concat', [[-1, 2], [-1, 4]], [-1, 6], { axis: 1 })).toBe(6) // prettier-ignore
  for (const [operator, settings] of [
    ['Reshape', {}],
    ['Transpose', { order: [0, 2, 1] }],
    ['Split', { axis: 1 }],
    ['Slice', { start: [0, 0], step: [1, 1] }],
    ['Gather', { axis: 1 }],
    ['Dropout', { rate: 0.5 }],
  ] as [string, Settings][])
    expect(kept(operator, [[-1, 2, 3]], [-1, 3, 2], settings), operator).toBe(0)
  expect(macsOfNode(nodeLike('Concat', [], [], { axis: 1 }), [given(1, 2), given(1, 4)])).toBe(0)
})
