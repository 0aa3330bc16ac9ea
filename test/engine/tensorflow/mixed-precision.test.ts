import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { sumsAreFloat32 } from '../../../src/engine/tensorflow/bfloat16-sums.ts'
import { openRuntime } from '../../../src/engine/tensorflow/runtime.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../../../src/engine/tf.ts'
import {
  biasAdd,
  conv2d,
  createState,
  gelu,
  layerNorm,
  linear,
  relu,
  softmaxCrossEntropy,
  tf,
  traced,
} from '../../../src/engine/tf.ts'
import type { Precision } from '../../../src/shared/experiment/precision.ts'
import '../../support/tensorflow.ts'

vi.mock(import('../../../src/engine/tensorflow/bfloat16-sums.ts'), { spy: true })

type Body = (inputs: TensorRecord, state: StateScope) => TensorRecord

/** Runs a body once: values of its outputs. */
async function valuesOf(body: Body, inputs: TensorRecord, precision: Precision = 'bfloat16', state?: State) {
  const fn = traced('mixed', body, precision)
  const outputs = await fn.run(inputs, state)
  const values = Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, tensor.dataSync()]))
  tf.dispose(outputs)
  fn.dispose()
  return values
}

interface Drawn {
  type: string
  /** Type attributes by name: 1 float32, 14 bfloat16. */
  types: Record<string, number>
  /** Operations that it waits for without taking anything from them. */
  after: string[]
}

/** The operations that a body draws while it is traced. */
async function drawn(body: Body, inputs: TensorRecord, precision: Precision = 'bfloat16', state?: State) {
  const { api } = openRuntime()
  const begun = new Map<unknown, Drawn>()
  const finished = new Map<unknown, Drawn>()
  const { TF_NewOperation, TF_FinishOperation, TF_SetAttrType, TF_AddControlInput } = api
  vi.spyOn(api, 'TF_NewOperation').mockImplementation((graph, type, name) => {
    const description = TF_NewOperation(graph, type, name)
    begun.set(description, { type, types: {}, after: [] })
    return description
  })
  vi.spyOn(api, 'TF_SetAttrType').mockImplementation((description, name, value) => {
    begun.get(description)!.types[name] = value
    TF_SetAttrType(description, name, value)
  })
  vi.spyOn(api, 'TF_AddControlInput').mockImplementation((description, operation) => {
    begun.get(description)!.after.push(finished.get(operation)!.type)
    TF_AddControlInput(description, operation)
  })
  vi.spyOn(api, 'TF_FinishOperation').mockImplementation((description, status) => {
    const operation = TF_FinishOperation(description, status)
    finished.set(operation, begun.get(description)!)
    return operation
  })
  try {
    await valuesOf(body, inputs, precision, state)
  } finally {
    vi.restoreAllMocks()
  }
  return [...finished.values()]
}

const bfloat16 = 14
const named = (operations: Drawn[], ...types: string[]) => operations.filter(({ type }) => types.includes(type))
const casts = (operations: Drawn[]) => named(operations, 'Cast').map(({ types }) => types['DstT'])

/** Freed at the end of the test. */
function made(...tensors: Tensor[]): TensorRecord {
  onTestFinished(() => tf.dispose(tensors))
  return Object.fromEntries(tensors.map((tensor, index) => [`x${index}`, tensor]))
}

const image = (value: number, [side, channels]: [number, number] = [2, 1]) => tf.fill([1, side, side, channels], value)
const filter = (value: number) => tf.fill([1, 1, 1, 1], value)
const one = { stride: 1, padding: 0 }
/** The least number above 1 that float32 tells from it and bfloat16 does not, and the like. */
const nearlyOne = 1 + 2 ** -9

describe('a function in bfloat16', () => {
  it('rounds the inputs of a convolution, and nothing in float32', async () => {
    const inputs = made(image(nearlyOne), filter(3))
    const body: Body = ({ x0, x1 }) => ({ y: conv2d(x0!, x1!, one) })
    expect([...(await valuesOf(body, inputs)).y!]).toEqual(Array(4).fill(3))
    expect([...(await valuesOf(body, inputs, 'float32')).y!]).toEqual(Array(4).fill(3 * nearlyOne))
  })

  it('converts nothing between two convolutions, and each input and the output once', async () => {
    const body: Body = ({ x0, x1, x2, x3 }) => {
      const first = relu(biasAdd(conv2d(x0!, x1!, one), x2!))
      return { y: conv2d(first, x1!, one), z: conv2d(tf.add(first, first), x3!, one) }
    }
    const operations = await drawn(body, made(image(1), filter(2), tf.ones([1]), filter(1)))
    expect(casts(operations).toSorted()).toEqual([1, 1, ...Array<number>(4).fill(bfloat16)])
    expect(named(operations, 'Conv2D', 'BiasAdd', 'Relu', 'Add').map(({ types }) => types['T'])).toEqual(
      Array(6).fill(bfloat16),
    )
  })

  it('adds a float32 array to a bfloat16 one in float32, and a number to it in bfloat16', async () => {
    const small = 2 ** -12
    const body: Body = ({ x0, x1, x2 }) => {
      const y = conv2d(x0!, x1!, one)
      return { array: tf.add(y, x2!), number: tf.add(y, small) }
    }
    const { array, number } = await valuesOf(body, made(image(1), filter(1), image(small)))
    expect(array![0]).toBe(1 + small)
    expect(number![0]).toBe(1)
  })

  it('normalises, activates and sums in float32, to the same bits', async () => {
    const inputs = made(
      tf.randomNormal([8, 32], 0, 1, 'float32', 1),
      tf.ones([32]),
      tf.zeros([32]),
      tf.oneHot([1, 2], 32),
    )
    const body: Body = ({ x0, x1, x2, x3 }) => ({
      norm: layerNorm(x0!, { scale: x1!, offset: x2!, epsilon: 1e-6 }),
      gelu: gelu(x0!),
      loss: softmaxCrossEntropy(tf.slice(x0!, [0, 0], [2, 32]), tf.cast(x3!, 'float32')),
      mean: tf.mean(x0!, 0),
    })
    expect(await valuesOf(body, inputs)).toEqual(await valuesOf(body, inputs, 'float32'))
  })

  it('sums up what comes out of a convolution in float32', async () => {
    // 4,096 times 1, which bfloat16 could not count beyond 256.
    const body: Body = ({ x0, x1 }) => ({ sum: tf.sum(conv2d(x0!, x1!, one)) })
    expect((await valuesOf(body, made(image(1, [64, 1]), filter(1)))).sum![0]).toBe(4096)
  })

  it.each([
    ['large', 512, 256, bfloat16],
    ['small', 512, 64, 1],
    ['narrow', 2 ** 14, 8, 1],
  ])('computes a %s matrix product in the faster format', async (_, rows, features, format) => {
    const inputs = made(tf.zeros([rows, 64]), tf.zeros([features, 64]), tf.zeros([features]))
    const operations = await drawn(({ x0, x1, x2 }) => ({ y: linear(x0!, x1!, x2!) }), inputs)
    expect(named(operations, 'MatMul').map(({ types }) => types['T'])).toEqual([format])
  })

  /** Types of an operation while the gradient of a pooled convolution over maps of `side` is computed, with kernels that add up in `sums`. */
  async function typesOf(name: string, { side, sums }: { side: number; sums: 'float32' | 'bfloat16' }) {
    vi.mocked(sumsAreFloat32).mockReturnValue(sums === 'float32')
    onTestFinished(() => void vi.mocked(sumsAreFloat32).mockReset())
    const pooled = (image: Tensor, filter: Tensor) =>
      tf.avgPool(conv2d(image, filter, one) as tf.Tensor4D, side, 1, 'valid')
    const body: Body = ({ x0, x1 }) => {
      const [image, filter] = tf.grads(pooled)([x0!, x1!])
      return { image: image!, filter: filter!, pooled: pooled(x0!, x1!) }
    }
    const operations = await drawn(body, made(image(1, [side, 2]), tf.ones([1, 1, 2, 2])))
    return new Set(named(operations, name).map(({ types }) => types['T']))
  }

  it.each([
    [4, 1],
    [5, bfloat16],
  ])('computes the gradient of a filter over maps of side %i in the faster format', async (side, format) => {
    expect(await typesOf('Conv2DBackpropFilter', { side, sums: 'float32' })).toEqual(new Set([format]))
  })

  it.each(['AvgPool', 'Conv2DBackpropFilter', 'Conv2DBackpropInput'])(
    'computes %s in float32 where it would add up in bfloat16, but not the convolution',
    async (name) => {
      expect(await typesOf(name, { side: 5, sums: 'float32' })).toEqual(new Set([bfloat16]))
      expect(await typesOf(name, { side: 5, sums: 'bfloat16' })).toEqual(new Set([1]))
      expect(await typesOf('Conv2D', { side: 5, sums: 'bfloat16' })).toEqual(new Set([bfloat16]))
    },
  )

  it('takes the old value of a variable that it changes: the update waits for its conversion', async () => {
    const state = createState({ w: { shape: [1, 1, 1, 1], values: Float32Array.of(2) } })
    onTestFinished(() => state.dispose())
    const body: Body = ({ x0 }, scope) => {
      const y = conv2d(x0!, scope.value('w'), one)
      scope.assign('w', tf.add(scope.value('w'), nearlyOne))
      return { y }
    }
    const operations = await drawn(body, made(image(1)), 'bfloat16', state)
    expect(named(operations, 'AssignVariableOp')[0]!.after).toContain('Cast')
    expect([...(await state.read('w'))]).toEqual([2 + nearlyOne])
    const { y } = await valuesOf(body, made(image(1)), 'bfloat16', state)
    expect(y![0]).toBe(3)
  })
})

it('a function in float32 converts nothing', async () => {
  const body: Body = ({ x0, x1 }) => ({ y: relu(conv2d(x0!, x1!, one)) })
  const operations = await drawn(body, made(image(1), filter(2)), 'float32')
  expect(casts(operations)).toEqual([])
  expect(operations.flatMap(({ types }) => Object.values(types))).not.toContain(bfloat16)
})
