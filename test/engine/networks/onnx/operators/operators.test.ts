import { describe, expect, it } from 'vitest'
import { tf, type Tensor } from '../../../../../src/main/engine/tf.ts'
import type { OnnxNode } from '../../../../../src/main/onnx-file/model.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { nodeLike } from '../../../../support/onnx-fixtures.ts'
import { operatorOf } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

const valueAndSlope = (compute: (x: Tensor) => Tensor, x: Tensor) =>
  tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((each: Tensor) => tf.sum(compute(each)))(x)
    return { value: value.dataSync()[0]!, y: compute(x).dataSync(), slope: grad.dataSync() }
  })

const withText = (node: OnnxNode, name: string, text: string): OnnxNode => ({
  ...node,
  attributes: { ...node.attributes, [name]: { text, ints: [], floats: [] } },
})

describe('Gelu', () => {
  const inputs = [-3, -1, -0.25, 0, 0.5, 2]
  const by = (node: OnnxNode) => valueAndSlope(operatorOf(node, [6]), tf.tensor(inputs))

  it('is that of tanh where it is to be, with its slope', () => {
    const { y, slope } = by(withText(nodeLike('Gelu', []), 'approximate', 'tanh'))
    const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
    expectClose(y, inputs.map(gelu), 1e-6)
    const step = 1e-4
    expectClose(
      slope,
      inputs.map((x) => (gelu(x + step) - gelu(x - step)) / (2 * step)),
      1e-5,
    )
  })

  it('is exact otherwise, and unknown approximations are refused', () => {
    // 1 · Φ(1) and −1 · Φ(−1).
    expectClose(by(nodeLike('Gelu', [])).y.slice(1, 2), [-0.158655254], 1e-6)
    expectClose(by(withText(nodeLike('Gelu', []), 'approximate', 'none')).y.slice(1, 2), [-0.158655254], 1e-6)
    expect(() => by(withText(nodeLike('Gelu', []), 'approximate', 'sigmoid'))).toThrow(/approximation sigmoid/)
  })
})

it('a remainder with the sign of the dividend is refused', () => {
  const { y } = valueAndSlope(operatorOf(nodeLike('Mod', []), [2], [{ shape: [1], known: [3] }]), tf.tensor([-1, 4]))
  expect(Array.from(y)).toEqual([2, 1])
  expect(() => operatorOf(nodeLike('Mod', [], [], { fmod: 1 }), [2], [{ shape: [1], known: [3] }])).toThrow(/fmod/)
})

it('a reduction without axes is over all of them, or refused where it is to be over none', () => {
  for (const name of ['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceL2']) {
    const all = operatorOf(nodeLike(name, [], [], { keepdims: 0 }), [2, 2])
    expect(all(tf.ones([2, 2])).shape).toEqual([])
    const none = nodeLike(name, [], [], { noop_with_empty_axes: 1 })
    expect(() => operatorOf(none, [2, 2])).toThrow(/reduces no axes/)
    expect(() => operatorOf(none, [2, 2], [{ shape: [0], known: [] }])).toThrow(/reduces no axes/)
  }
})

it('a norm of zeros has no slope, and any other that of PyTorch', () => {
  const norm = operatorOf(nodeLike('ReduceL2', [], [], { axes: [1], keepdims: 1 }), [2, 2])
  const { y, slope } = valueAndSlope(norm, tf.tensor([3, 4, 0, 0], [2, 2]))
  expect(Array.from(y)).toEqual([5, 0])
  expectClose(slope, [0.6, 0.8, 0, 0], 1e-6)
})

it.each(
  (
    'Abs Cos Elu Erf Exp Gelu HardSigmoid HardSwish LeakyRelu Log Mish Neg Reciprocal Relu Sigmoid Sin Softplus Sqrt Tanh ' +
    'Clip Softmax'
  ).split(' '),
)('%s has the slope of its values', (name) => {
  const inputs = ['Log', 'Sqrt'].includes(name) ? [0.5, 1, 2] : [-2, -0.5, 0.25, 1.5]
  const compute = operatorOf(nodeLike(name, []), [1, inputs.length])
  // Unlike weights, for those of a softmax add up to 1.
  const weighted = (x: Tensor) => tf.mul(compute(x), tf.range(1, inputs.length + 1))
  const moved = inputs.map((_, index) => {
    const along = (step: number) =>
      valueAndSlope(weighted, tf.tensor([inputs.with(index, inputs[index]! + step)])).value
    return (along(0.01) - along(-0.01)) / 0.02
  })
  expectClose(valueAndSlope(weighted, tf.tensor([inputs])).slope, moved, 2e-3)
})

it('a comparison passes no gradient on, and what is chosen by it does', () => {
  for (const name of ['Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Equal']) {
    const compare = operatorOf(nodeLike(name, []), [3], [{ shape: [1], known: [1] }])
    const chosen = (x: Tensor) => tf.where(compare(x), x, tf.mul(x, 3))
    const { y, slope } = valueAndSlope(chosen, tf.tensor([1, 2, -1]))
    expect(Array.from(slope), name).toEqual(Array.from(y, (each, index) => each / [1, 2, -1][index]!))
  }
})

it('a convolution takes a constant as its filter', () => {
  // Left and right neighbour of each pixel, apart, with one channel of two filters.
  const filter = { shape: [2, 1, 1, 3], known: [1, 0, 0, 0, 0, 1] }
  const windows = { dilations: [1, 1], group: 1, kernel_shape: [1, 3], pads: [0, 1, 0, 1], strides: [1, 1] }
  const shift = operatorOf(nodeLike('Conv', [], [], windows), [1, 1, 2, 3], [filter])
  const { y, slope } = valueAndSlope(shift, tf.tensor([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]))
  expect(Array.from(y)).toEqual([0, 1, 2, 0, 4, 5, 2, 3, 0, 5, 6, 0])
  expect(Array.from(slope)).toEqual([1, 2, 1, 1, 2, 1])
})
