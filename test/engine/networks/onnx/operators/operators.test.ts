import { describe, expect, it } from 'vitest'
import { tf, traced, type Tensor } from '../../../../../src/engine/tf.ts'
import type { GraphValue } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { operators } from '../../../../../src/engine/networks/onnx/operators/index.ts'
import { macsOf, type Operation } from '../../../../../src/engine/layers/operations.ts'
import type { OnnxNode } from '../../../../../src/shared/onnx-file/model.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { attribute, nodeLike } from '../../../../support/onnx-fixtures.ts'
import { operatorOf } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

const valueAndSlope = (compute: (x: Tensor) => Tensor, x: Tensor) =>
  tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((each: Tensor) => tf.sum(compute(each)))(x)
    return { value: value.dataSync()[0]!, y: compute(x).dataSync(), slope: grad.dataSync() }
  })

const withText = (node: OnnxNode, name: string, text: string): OnnxNode => ({
  ...node,
  attributes: { ...node.attributes, [name]: attribute({ text }) },
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

it('what is not a number is found, and hands on no gradient', () => {
  const isNaN = operatorOf(nodeLike('IsNaN', []), [3])
  const { y, slope } = valueAndSlope(
    (x) => tf.where(isNaN(x), tf.tensor([5, 5, 5]), tf.mul(x, 2)),
    tf.tensor([1, NaN, -Infinity]),
  )
  expect(Array.from(y)).toEqual([2, 5, -Infinity])
  expect(Array.from(slope)).toEqual([2, 0, 2])
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

it.each(['ReduceMax', 'GlobalMaxPool'])('equal maxima share the slope of %s', (name) => {
  const shape = [1, 1, 2, 2]
  const node = nodeLike(name, [], [], name === 'ReduceMax' ? { axes: [2, 3] } : {})
  const { y, slope } = valueAndSlope(operatorOf(node, shape), tf.tensor([2, 2, 1, 0], shape))
  expect([Array.from(y), Array.from(slope)]).toEqual([[2], [0.5, 0.5, 0, 0]])
})

it('the largest of truths is whether one is true', () => {
  const node = nodeLike('ReduceMax', [], [], { keepdims: 0 })
  const given = { shape: [1], known: [1] }
  const isAny = operatorOf(node, [2, 2], [given], 'bool')(tf.tensor([0, 0, 0, 1], [2, 2], 'bool'))
  expect([isAny.dtype, Array.from(isAny.dataSync())]).toEqual(['bool', [0, 1]])
})

it('a magnitude of 0 has no slope', () => {
  const { slope } = valueAndSlope(operatorOf(nodeLike('Abs', []), [3]), tf.tensor([0, 2, -2]))
  expect(Array.from(slope)).toEqual([0, 1, -1])
})

it.each(['int32', 'bool'] as const)('what is made %s hands on no gradient', (type) => {
  const cast = operatorOf(nodeLike('CastLike', []), [2], [{ shape: [2], known: [0, 0], type }])
  const { y, slope } = valueAndSlope((x) => tf.mul(x, tf.cast(cast(x), 'float32')), tf.tensor([1.5, 0]))
  expect([Array.from(y), Array.from(slope)]).toEqual([
    [1.5, 0],
    [1, 0],
  ])
})

it('negative indices count from the end, whether they are known before or not', () => {
  const x = tf.tensor([10, 20, 30])
  const indices = { shape: [4], known: [0, -1, 2, -3] }
  const known = operatorOf(nodeLike('Gather', []), [3], [indices])
  const found = operatorOf(nodeLike('Gather', []), [3], [{ shape: [4] }])
  for (const y of [known(x), found(x, tf.tensor(indices.known, [4], 'int32'))])
    expect(Array.from(y.dataSync())).toEqual([10, 30, 30, 10])
})

it('running sums count beyond 256 in bfloat16, and the slope of an entry is that of all sums that it is in', async () => {
  const size = [16, 512]
  const axis = { shape: [], known: [1] }
  const count = traced('count', ({ x }) => ({ y: operatorOf(nodeLike('CumSum', []), size, [axis])(x!) }), 'bfloat16')
  const { y } = await count.run({ x: tf.ones(size) })
  expect(Array.from((await y!.data()).slice(0, 512))).toEqual(Array.from({ length: 512 }, (_, at) => at + 1))
  count.dispose()
  const sums = operatorOf(nodeLike('CumSum', []), [1, 3], [axis])
  const { slope } = valueAndSlope((x) => tf.mul(sums(x), tf.tensor([[1, 10, 100]])), tf.ones([1, 3]))
  expect(Array.from(slope)).toEqual([111, 110, 100])
})

it.each([
  ['Max', [0, 1, 0.5, 0], [1.5, 1]],
  ['Min', [1, 0, 0.5, 1], [0.5, 1]],
])(
  '%s hands on the gradient of the operand that it takes, of equal ones half, to what is repeated the sum',
  (name, ...slopes) => {
    const choose = operatorOf(nodeLike(name, []), [2, 2], [{ shape: [2] }])
    const given = [tf.tensor([1, 5, 3, 2], [2, 2]), tf.tensor([3, 4])]
    const found = tf.grads((x: Tensor, other: Tensor) => tf.sum(choose(x, other)))(given)
    expect(found.map((each) => Array.from(each.dataSync()))).toEqual(slopes)
  },
)

it('a softmax of many axes is that of its rows', async () => {
  const shape = [1, 2, 1, 1, 1, 2]
  const softmax = traced('softmax', ({ x }) => ({ y: operatorOf(nodeLike('Softmax', []), shape)(x!) }))
  const { y } = await softmax.run({ x: tf.tensor([0, Math.log(3), Math.log(4), 0], shape) })
  expectClose(await y!.data(), [0.25, 0.75, 0.8, 0.2], 1e-6)
  expect(y!.shape).toEqual(shape)
  softmax.dispose()
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

/** Gradients by two factors of the sum of their product, weighted by where its entries are. */
function slopesOf(shapes: [number[], number[]], multiply: (x: Tensor, w: Tensor) => Tensor) {
  const [x, w] = shapes.map((shape) => tf.reshape(tf.range(1, shape.reduce((a, b) => a * b, 1) + 1), shape))
  const weighted = (a: Tensor, b: Tensor) => {
    const product = multiply(a, b)
    return tf.sum(tf.mul(product, tf.reshape(tf.range(0, product.size), product.shape)))
  }
  return tf
    .grads(weighted)([x!, w!])
    .map((each) => Array.from(each.dataSync()))
}

it.each([
  [
    [2, 3, 4],
    [4, 5],
  ],
  [
    [3, 4],
    [2, 4, 5],
  ],
  [
    [1, 3, 4],
    [2, 4, 5],
  ],
  [
    [2, 2, 3, 4],
    [2, 4, 5],
  ],
] as [number[], number[]][])('a product of %j and %j has the slopes of repeated factors', (...shapes) => {
  const given = (x: Tensor, w: Tensor) => operatorOf(nodeLike('MatMul', []), x.shape, [{ shape: w.shape }])(x, w)
  const batch = shapes.map((shape) => shape.slice(0, -2)).sort((a, b) => b.length - a.length || b[0]! - a[0]!)[0]!
  const repeated = (x: Tensor) => tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)])
  expect(slopesOf(shapes, given)).toEqual(slopesOf(shapes, (x, w) => tf.matMul(repeated(x), repeated(w))))
})

it.each([0, 1])('a product with transB = %i adds what broadcasts to it', (transB) => {
  const w = transB ? { shape: [3, 2], known: [1, 2, 3, 4, 5, 6] } : { shape: [2, 3], known: [1, 3, 5, 2, 4, 6] }
  const sums = (shape: number[], known: number[]) =>
    Array.from(
      operatorOf(
        nodeLike('Gemm', [], [], { transB }),
        [2, 2],
        [w, { shape, known }],
      )(tf.tensor([1, 0, 0, 1], [2, 2])).dataSync(),
    )
  expect(sums([3], [10, 20, 30])).toEqual([11, 23, 35, 12, 24, 36])
  expect(sums([1, 3], [10, 20, 30])).toEqual([11, 23, 35, 12, 24, 36])
  expect(sums([2, 1], [10, 20])).toEqual([11, 13, 15, 22, 24, 26])
  expect(sums([], [10])).toEqual([11, 13, 15, 12, 14, 16])
  expect(() => sums([2], [1, 2])).toThrow(/a bias that does not fit/)
})

it('a map that is resized to its nearest pixels has those that PyTorch takes', () => {
  const node = withText(
    withText(nodeLike('Resize', []), 'coordinate_transformation_mode', 'asymmetric'),
    'nearest_mode',
    'floor',
  )
  const none = { shape: [0], known: [] }
  const resized = operatorOf(node, [1, 1, 1, 14], [none, none, { shape: [4], known: [1, 1, 1, 18] }])
  // Pixel 9 of 18 is pixel 7 of 14 to the last bit.
  const expected = Array.from({ length: 18 }, (_, at) => Math.floor((at * 14) / 18))
  expect(Array.from(resized(tf.range(0, 14).reshape([1, 1, 1, 14])).dataSync())).toEqual(expected)
})

it('whole numbers are clipped and divided as such', () => {
  const whole = (numbers: number[]) => tf.tensor(numbers, [numbers.length], 'int32')
  const given = (name: string, numbers: number[], others: number[]) => {
    const known = others.map((each) => ({ shape: [], known: [each] }))
    return Array.from(operatorOf(nodeLike(name, []), [numbers.length], known, 'int32')(whole(numbers)).dataSync())
  }
  expect(given('Clip', [0, 1, 5], [])).toEqual([0, 1, 5])
  expect(given('Clip', [0, 1, 5], [1])).toEqual([1, 1, 5])
  expect(given('Clip', [-2, 1, 5], [-(2 ** 63), 3])).toEqual([-2, 1, 3])
  expect(given('Div', [-3, 3, -1, 7], [2])).toEqual([-1, 1, 0, 3])
})

it.each(['bool', 'int32'] as const)('what is repeated for each sample stays %s', (type) => {
  const repeated = operatorOf(nodeLike('Expand', []), [1, 2], [{ shape: [2], known: [3, 2] }], type)
  const y = repeated(tf.tensor([[1, 0]], [1, 2], type))
  expect([y.dtype, Array.from(y.dataSync())]).toEqual([type, [1, 0, 1, 0, 1, 0]])
})

it('what is repeated along an axis of many has the sum of the slopes of its copies', () => {
  const shape = { shape: [6], known: [1, 2, 1, 3, 1, 2] }
  const repeated = operatorOf(nodeLike('Expand', []), [2, 1, 1, 1, 2], [shape])
  const weights = tf.reshape(tf.range(0, 12), [1, 2, 1, 3, 1, 2])
  const { slope } = valueAndSlope((x) => tf.mul(repeated(x), weights), tf.ones([2, 1, 1, 1, 2]))
  expect(Array.from(slope)).toEqual([0 + 2 + 4, 1 + 3 + 5, 6 + 8 + 10, 7 + 9 + 11])
})

it.each([
  { shape: [2, 1, 2], repeats: [1, 2, 2] },
  { shape: [1, 2, 1, 1, 1, 2], repeats: [1, 1, 2, 1, 1, 2] },
])('copies of $shape along axes have the sum of their slopes', ({ shape, repeats }) => {
  const tile = operatorOf(nodeLike('Tile', []), shape, [{ shape: [shape.length], known: repeats }])
  const weights = (y: Tensor) => tf.reshape(tf.range(0, 16), y.shape)
  const { y, slope } = valueAndSlope((x) => tf.mul(tile(x), weights(tile(x))), tf.reshape(tf.range(1, 5), shape))
  const copies = [1, 2, 1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4, 3, 4]
  expect(Array.from(y)).toEqual(copies.map((each, at) => each * at))
  expect(Array.from(slope)).toEqual([0 + 2 + 4 + 6, 1 + 3 + 5 + 7, 8 + 10 + 12 + 14, 9 + 11 + 13 + 15])
})

it('sizes are computed in float32, as their scales are', () => {
  const scales = [1, 1, 0.7, 0.7].map(Math.fround)
  const { infer } = operators['Resize']!
  const [x, given] = [[1, 1, 10, 10], [4]].map((shape) => ({ shape, type: 'float32' as const }))
  const resized = infer!(nodeLike('Resize', []), [x, undefined, { ...given!, known: scales }])
  expect(resized.outputs[0]!.shape).toEqual([1, 1, 7, 7])
  const product = { shape: [1], type: 'float32' as const, known: [10 * Math.fround(0.7)] }
  for (const [name, settings] of [
    ['Floor', {}],
    ['Cast', { to: 'int32' }],
  ] as const)
    expect(operators[name]!.compute!([product], { settings, outputs: [product] })[0]).toEqual([7])
})

it('of known values all but zero are true', () => {
  const x = { shape: [3], type: 'float32' as const, known: [0, -0.5, 2] }
  const [truths] = operators['Cast']!.compute!([x], { settings: { to: 'bool' }, outputs: [{ ...x, type: 'bool' }] })
  expect(truths).toEqual([0, 1, 1])
})

it('arrays that do not fit, and what is not supported, are refused', () => {
  const refusalOf = (node: OnnxNode, shape: number[], others: Parameters<typeof operatorOf>[2] = []) => {
    try {
      operatorOf(node, shape, others)
    } catch (error) {
      return (error as Error).message
    }
    return null
  }
  const split = (ints: Record<string, number>, outputs = ['a', 'b']) =>
    nodeLike('Split', [], outputs, { axis: 1, ...ints })
  expect(refusalOf(nodeLike('Concat', [], [], { axis: 1 }), [2, 3, 4], [{ shape: [2, 1, 5] }])).toMatch(
    '[2, 3, 4] and [2, 1, 5] differ in other axes',
  )
  expect(refusalOf(nodeLike('Concat', [], [], { axis: 1 }), [2, 3], [{ shape: [2, 3, 1] }])).toMatch('differ')
  expect(refusalOf(split({}), [2, 4], [{ shape: [2], known: [1, 2] }])).toMatch(
    '2 parts of [1, 2] entries are not its 4',
  )
  expect(refusalOf(split({}), [2, 4], [{ shape: [1], known: [4] }])).toMatch('2 parts of [4]')
  expect(refusalOf(split({}, ['a', '']), [2, 4])).toMatch('no name')
  const added = withText(nodeLike('ScatterND', []), 'reduction', 'add')
  expect(
    refusalOf(
      added,
      [2],
      [
        { shape: [1, 1], known: [0] },
        { shape: [1], known: [1] },
      ],
    ),
  ).toMatch('adds')
  const noise = nodeLike('RandomUniformLike', [])
  const wide = { ...noise, attributes: { low: attribute({ float: -1 }) } }
  expect([refusalOf(noise, [2]), refusalOf(wide, [2])]).toEqual([null, expect.stringMatching(/another range/)])
  expect(refusalOf(nodeLike('LayerNormalization', []), [2, 4], [{ shape: [1, 4] }])).toMatch('one number a feature')
  expect(refusalOf(nodeLike('InstanceNormalization', []), [2, 4, 3], [{ shape: [3] }, { shape: [3] }])).toMatch(
    'channel',
  )
  expect(refusalOf(nodeLike('Gather', []), [2, 4], [{ shape: [1], known: [2] }])).toMatch('beyond')
  const statistics = ['scale', 'offset', 'mean', 'variance'].map((array) => ({ shape: [4], array }))
  const still = { ...nodeLike('BatchNormalization', []), attributes: { momentum: attribute({ float: 1 }) } }
  expect(refusalOf(still, [2, 4], statistics)).toMatch('never move')
  expect(refusalOf(nodeLike('BatchNormalization', []), [2, 4], statistics)).toBeNull()
})

it('a normalisation without scales of its own costs a multiply-add less an entry, as fvcore counts', () => {
  const macs = (operator: string, shape: number[], isArray: boolean) => {
    const [x, scale, y] = [shape, [shape[1]!], shape].map((sizes, id): GraphValue => ({
      id,
      sizes,
      shape: sizes,
      type: 'float32',
    }))
    Object.assign(scale!, isArray ? { array: 'scale' } : { known: [] })
    const inputs = [x, scale, scale, scale, scale]
    const [operation] = operators[operator]!.operations!({
      ...{ operator, inputs, outputs: [y!], module: '', settings: undefined },
    })
    return macsOf({ module: '', ...operation! } as Operation)
  }
  const costs = (operator: string, shape: number[]) => [true, false].map((isArray) => macs(operator, shape, isArray))
  expect(costs('LayerNormalization', [1, 4])).toEqual([20, 16])
  expect(costs('BatchNormalization', [1, 4])).toEqual([8, 4])
  expect(costs('InstanceNormalization', [1, 4, 2, 2])).toEqual([80, 64])
  // Groups of channels: the exporter writes their scales behind it.
  expect(costs('InstanceNormalization', [1, 4, 8])).toEqual([160, 160])
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

it('a convolution of each channel by itself takes steps of other lengths down and across', () => {
  const filter = { shape: [2, 1, 1, 1], known: [2, 3] }
  const windows = { dilations: [1, 1], group: 2, kernel_shape: [1, 1], pads: [0, 0, 0, 0] }
  const given = tf.range(0, 12).reshape([1, 2, 2, 3])
  const by = (strides: number[]) =>
    valueAndSlope(operatorOf(nodeLike('Conv', [], [], { ...windows, strides }), [1, 2, 2, 3], [filter]), given)
  const across = by([1, 2])
  expect(Array.from(across.y)).toEqual([0, 4, 6, 10, 18, 24, 27, 33])
  expect(Array.from(across.slope)).toEqual([2, 0, 2, 2, 0, 2, 3, 0, 3, 3, 0, 3])
  expect(Array.from(by([2, 1]).slope)).toEqual([2, 2, 2, 0, 0, 0, 3, 3, 3, 0, 0, 0])
})
