import { describe, expect, it } from 'vitest'
import { tf } from '../../../../../src/engine/tf.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { nodeLike } from '../../../../support/onnx-fixtures.ts'
import { macsOfNode, numbersGiven, operatorOf, operatorOfMap } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

/** What a node gives of the numbers 1, 2, 3 … in this shape. */
function ofCounted(node: ReturnType<typeof nodeLike>, shape: number[]) {
  const size = shape.reduce((product, each) => product * each, 1)
  const y = operatorOf(node, shape)(tf.reshape(tf.range(1, size + 1), shape))
  return { shape: y.shape, values: Array.from(y.dataSync()) }
}

describe('pools over windows', () => {
  const windows = { kernel_shape: [2, 2], strides: [2, 1] }

  it('take the largest or the mean, with steps of other lengths down and across', () => {
    // 1 2 3 / 4 5 6 / 7 8 9 / 10 11 12
    expect(ofCounted(nodeLike('MaxPool', [], [], windows), [1, 1, 4, 3])).toEqual({
      ...{ shape: [1, 1, 2, 2], values: [5, 6, 11, 12] },
    })
    expect(ofCounted(nodeLike('AveragePool', [], [], windows), [1, 1, 4, 3])).toEqual({
      ...{ shape: [1, 1, 2, 2], values: [3, 4, 9, 10] },
    })
  })

  it('count pixels beyond the edge in means only where they are to', () => {
    const padded = { kernel_shape: [1, 3], strides: [1, 1], pads: [0, 1, 0, 1] }
    expectClose(ofCounted(nodeLike('AveragePool', [], [], padded), [1, 1, 1, 3]).values, [1.5, 2, 2.5], 1e-6)
    const counting = nodeLike('AveragePool', [], [], { ...padded, count_include_pad: 1 })
    expectClose(ofCounted(counting, [1, 1, 1, 3]).values, [1, 2, 5 / 3], 1e-6)
    expect(ofCounted(nodeLike('MaxPool', [], [], padded), [1, 1, 1, 3]).values).toEqual([2, 3, 3])
  })

  it('go over a sequence as over a map of one row', () => {
    const along = { kernel_shape: [2], strides: [2] }
    expect(ofCounted(nodeLike('MaxPool', [], [], along), [1, 2, 4])).toEqual({
      ...{ shape: [1, 2, 2], values: [2, 4, 6, 8] },
    })
  })

  it('are refused with gaps, and where the last would reach beyond the edge', () => {
    const gaps = nodeLike('MaxPool', [], [], { ...windows, dilations: [2, 1] })
    expect(() => operatorOf(gaps, [1, 1, 4, 3])).toThrow('windows with gaps')
    const up = nodeLike('MaxPool', [], [], { ...windows, ceil_mode: 1 })
    expect(() => operatorOf(up, [1, 1, 5, 3])).toThrow('beyond the edge (ceil_mode)')
    expect(ofCounted(up, [1, 1, 4, 3]).shape).toEqual([1, 1, 2, 2])
    expect(ofCounted(nodeLike('MaxPool', [], [], windows), [1, 1, 5, 3]).shape).toEqual([1, 1, 2, 2])
  })
})

describe('global pools', () => {
  it('are over all places of a map or of a sequence, each channel by itself', () => {
    const [average, largest] = [nodeLike('GlobalAveragePool', []), nodeLike('GlobalMaxPool', [])]
    expect(ofCounted(average, [1, 2, 2, 2])).toEqual({ shape: [1, 2, 1, 1], values: [2.5, 6.5] })
    expect(ofCounted(largest, [1, 2, 2, 2])).toEqual({ shape: [1, 2, 1, 1], values: [4, 8] })
    expect(ofCounted(average, [1, 2, 3])).toEqual({ shape: [1, 2, 1], values: [2, 5] })
    expect(ofCounted(largest, [1, 2, 3])).toEqual({ shape: [1, 2, 1], values: [3, 6] })
  })

  it.each([[[2, 3]], [[1, 2, 3, 4, 5]]])('are refused over an input %j', (shape) => {
    expect(() => operatorOf(nodeLike('GlobalAveragePool', []), shape)).toThrow(`an input of ${shape.length} axes`)
  })
})

describe('reductions', () => {
  it.each([
    ['ReduceSum', [5, 7, 9]],
    ['ReduceMean', [2.5, 3.5, 4.5]],
    ['ReduceMax', [4, 5, 6]],
    ['ReduceL2', [17, 29, 45].map(Math.sqrt)],
  ])('by %s are over the axes that are named, which stay as 1 unless they are to go', (name, values) => {
    for (const axes of [[0], [-2]]) {
      const kept = ofCounted(nodeLike(name, [], [], { axes }), [2, 3])
      expect(kept.shape).toEqual([1, 3])
      expectClose(kept.values, values, 1e-6)
      const gone = ofCounted(nodeLike(name, [], [], { axes, keepdims: 0 }), [2, 3])
      expect(gone.shape).toEqual([3])
      expectClose(gone.values, values, 1e-6)
    }
  })

  it('take their axes as an input as well, in any order', () => {
    const sum = (known: number[]) =>
      operatorOf(nodeLike('ReduceSum', [], [], { keepdims: 0 }), [2, 1, 3], [{ shape: [known.length], known }])
    const x = tf.reshape(tf.range(1, 7), [2, 1, 3])
    expect(Array.from(sum([2, 1])(x).dataSync())).toEqual([6, 15])
    expect(Array.from(sum([-1])(x).dataSync())).toEqual([6, 15])
    expect(sum([-1])(x).shape).toEqual([2, 1])
  })

  it('are the same over a map that lies with its channels last', () => {
    const shape = [1, 2, 2, 2]
    for (const [axes, keepdims, values] of [
      [[2, 3], 1, [10, 26]],
      [[2, 3], 0, [10, 26]],
      [[1], 1, [6, 8, 10, 12]],
      [[1], 0, [6, 8, 10, 12]],
      [[3], 0, [3, 7, 11, 15]],
    ] as const) {
      const node = nodeLike('ReduceSum', [], [], { axes: [...axes], keepdims })
      const sum = operatorOfMap(node, shape)(tf.reshape(tf.range(1, 9), shape))
      expect(Array.from(sum.dataSync()), `${axes.join()} ${keepdims}`).toEqual(values)
    }
  })

  it('of known numbers multiply all of them, and nothing else', () => {
    const product = nodeLike('ReduceProd', [])
    expect(numbersGiven(product, [{ shape: [3], known: [2, 3, 4] }], 'int32')).toEqual([24])
    const rows = nodeLike('ReduceProd', [], [], { axes: [1] })
    expect(numbersGiven(rows, [{ shape: [1, 3], known: [2, 3, 4] }], 'int32')).toEqual([24])
    expect(() => numbersGiven(rows, [{ shape: [2, 2], known: [1, 2, 3, 4] }])).toThrow('a product over some axes')
    expect(() => operatorOf(product, [3])).toThrow('a product over axes')
  })
})

it('reductions and global pools cost one multiply-add for each entry that they read, pools over windows nothing', () => {
  const x = { shape: [1, 2, 4, 4] }
  for (const name of ['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceL2', 'GlobalAveragePool', 'GlobalMaxPool'])
    expect(macsOfNode(nodeLike(name, []), [x]), name).toBe(32)
  for (const name of ['MaxPool', 'AveragePool'])
    expect(macsOfNode(nodeLike(name, [], [], { kernel_shape: [2, 2] }), [x]), name).toBe(0)
})
