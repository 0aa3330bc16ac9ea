import '../../support/tensorflow.ts'
import { describe, expect, test } from 'vitest'
import { recordBatched } from '../../../src/engine/onnx-export/batched.ts'
import { convert } from '../../../src/engine/onnx-export/convert.ts'
import { recordFunction, tf, type Tensor } from '../../../src/engine/tf.ts'
import { nodeLike } from '../../support/onnx-fixtures.ts'
import { operatorOf } from '../../support/onnx-operator.ts'

/** A function of one input [batch, …shape] as an ONNX model. */
function converted(body: (x: Tensor) => Tensor, shape: number[] = [4], layout: 'plain' | 'channels-first' = 'plain') {
  const graph = recordBatched((batch) =>
    recordFunction(({ x }) => ({ y: body(x!) }), {
      inputs: { x: { shape: [batch, ...shape], dtype: 'float32' } },
      state: {},
    }),
  )
  const about = { name: 'it', description: '' }
  return convert(graph, { ...about, inputs: { x: { type: 'float32', layout } }, outputs: ['y'] }).model
}

const typesOf = (...given: Parameters<typeof converted>) => converted(...given).nodes.map(({ type }) => type)

describe('a recorded function', () => {
  test('is refused by the name of an operation that has no translation', () => {
    expect(() => converted((x) => tf.cosh(x))).toThrow('operation Cosh has no translation to ONNX')
  })

  test('is refused where an operation has options that its translation lacks', () => {
    expect(() => converted((x) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'same'), [7, 7, 1])).toThrow(
      'MaxPool cannot be written as ONNX: it pads its input',
    )
  })

  test('is refused where a constant differs from sample to sample', () => {
    const order = (x: Tensor) => tf.add(x, tf.reshape(tf.range(0, x.shape[0]!), [-1, 1]))
    expect(() => converted(order)).toThrow('differs from sample to sample')
  })

  test('takes as many samples as it is given where it reshapes', () => {
    const { constants, outputs } = converted((x) => tf.reshape(x, [x.shape[0]! * 2, 2]))
    expect(new BigInt64Array(constants[0]!.bytes.buffer)).toEqual(BigInt64Array.of(-1n, 2n))
    expect(outputs).toEqual([{ name: 'y', type: 'float32', shape: [null, 2] }])
  })

  test('repeats a constant for each sample', () => {
    const withOnes = (x: Tensor) => tf.concat([tf.ones([x.shape[0]!, 1]), x], 1)
    expect(typesOf(withOnes)).toEqual(['Shape', 'Concat', 'Expand', 'Concat'])
  })

  test('copies an input that it returns', () => {
    expect(converted((x) => x).nodes).toMatchObject([{ type: 'Identity', inputs: ['x'], outputs: ['y'] }])
  })

  test('transposes a map once, however often it is read in the other layout', () => {
    const corners = (x: Tensor) =>
      tf.concat([tf.slice(x, [0, 0, 0, 0], [-1, 1, 1, -1]), tf.slice(x, [0, 1, 1, 0], [-1, 1, 1, -1])], 3)
    expect(typesOf(corners, [4, 4, 2], 'channels-first')).toEqual(['Transpose', 'Slice', 'Slice', 'Concat'])
  })

  test('needs no node to flatten a map channel by channel', () => {
    const flat = (x: Tensor) => tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [-1, 32])
    expect(typesOf(flat, [4, 4, 2], 'channels-first')).toEqual(['Reshape'])
  })

  test('pads as many pixels as TensorFlow adds by itself, an odd one below or right', () => {
    const halved = (x: Tensor) => tf.conv2d(x as tf.Tensor4D, tf.ones<tf.Rank.R4>([3, 3, 1, 1]), 2, 'same')
    const { nodes } = converted(halved, [5, 6, 1], 'channels-first')
    // Above, left, below, right: 3 × 3 steps of 2 pixels read 7 × 7.
    expect(nodes).toMatchObject([{ type: 'Conv', attributes: { pads: { ints: [1, 0, 1, 1] } } }])
  })

  test('leaves out nodes that its outputs do not need', () => {
    expect(typesOf((x) => (tf.tanh(x), tf.relu(x)))).toEqual(['Relu'])
  })
})

describe('an operator of an ONNX file is written again', () => {
  const names =
    'Relu Sigmoid Tanh Exp Log Sqrt Sin Cos Neg Abs Reciprocal Floor Ceil Erf Softplus Mish HardSwish HardSigmoid LeakyRelu Elu Gelu Clip ' +
    'Softmax ReduceMean ReduceSum ReduceMax ReduceL2'
  test.each(names.split(' '))('%s', (name) => {
    const types = typesOf((x) => operatorOf(nodeLike(name, [], [], { axes: [1] }), x.shape)(x))
    expect(types.length).toBeGreaterThan(0)
  })

  test.each(['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Max', 'Min', 'MatMul'])('%s', (name) => {
    const other = { shape: [4, 4], known: Array<number>(16).fill(2) }
    const types = typesOf((x) => operatorOf(nodeLike(name, []), x.shape, [other])(x), [4, 4])
    expect(types.length).toBeGreaterThan(0)
  })

  test('CumSum', () => {
    const axis = { shape: [], known: [1] }
    const { nodes, constants } = converted((x) => operatorOf(nodeLike('CumSum', []), x.shape, [axis])(x))
    expect(nodes).toMatchObject([
      { type: 'CumSum', inputs: ['x', constants[0]!.name], attributes: { exclusive: { int: 0 }, reverse: { int: 0 } } },
    ])
    expect([constants[0]!.shape, ...new Int32Array(constants[0]!.bytes.buffer)]).toEqual([[], 1])
  })

  test('Tile', () => {
    const repeats = { shape: [2], known: [1, 3] }
    const { nodes, outputs } = converted((x) => operatorOf(nodeLike('Tile', []), x.shape, [repeats])(x))
    expect([nodes.map(({ type }) => type), outputs[0]!.shape]).toEqual([['Tile'], [null, 12]])
  })

  test('Tile of many axes', () => {
    const repeats = { shape: [6], known: [1, 1, 1, 1, 3, 2] }
    const tile = (x: Tensor) => operatorOf(nodeLike('Tile', []), x.shape, [repeats])(x)
    const { nodes, outputs } = converted(tile, [2, 1, 1, 2, 2])
    expect(nodes.map(({ type }) => type)).toContain('Expand')
    expect(outputs[0]!.shape).toEqual([null, 2, 1, 1, 6, 4])
  })

  test('Gather by indices that the samples decide', () => {
    const place = (x: Tensor) => {
      const indices = tf.cast(tf.squeeze(tf.slice(x, [0, 0], [-1, 1]), [1]), 'int32')
      return operatorOf(nodeLike('Gather', []), [3], [{ shape: indices.shape }])(tf.tensor([1, 2, 3]), indices)
    }
    expect(typesOf(place).slice(-4)).toEqual(['Less', 'Add', 'Where', 'Gather'])
  })
})
