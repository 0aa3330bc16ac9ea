import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tensor } from '../../../src/engine/tf.ts'
import { createState, dropout, tf, traced } from '../../../src/engine/tf.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

const live = () => ({ handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors })
let before = live()
beforeEach(() => {
  before = live()
})
afterEach(() => {
  expect(live()).toEqual(before)
})

const values = (tensor: Tensor) => [...tensor.dataSync()]

describe('a traced function', () => {
  it('runs its body once for each shape and type of its inputs', async () => {
    let traces = 0
    const double = traced('double', ({ x }) => {
      traces++
      return { y: tf.mul(x!, 2) }
    })
    for (const x of [tf.tensor1d([1, 2]), tf.tensor1d([3, 4]), tf.tensor1d([5]), tf.tensor1d([6, 7])]) {
      const { y } = await double.run({ x })
      expect(values(y!)).toEqual(values(x).map((value) => value * 2))
      tf.dispose([x, y!])
    }
    expect(traces).toBe(2)
    double.dispose()
  })

  it('returns an input, a constant and one tensor twice', async () => {
    const fn = traced('outputs', ({ x }) => {
      const square = tf.square(x!)
      return { x: x!, one: tf.scalar(1), first: square, second: square }
    })
    const x = tf.tensor1d([2, 3])
    const outputs = await fn.run({ x })
    expect(Object.values(outputs).map(values)).toEqual([[2, 3], [1], [4, 9], [4, 9]])
    tf.dispose([x, outputs])
    fn.dispose()
  })

  it('takes and gives int32 and bool', async () => {
    const fn = traced('types', ({ index, flag }) => ({
      next: tf.add(index!, tf.scalar(1, 'int32')),
      not: tf.logicalNot(flag!),
    }))
    const inputs = { index: tf.tensor1d([1, 2], 'int32'), flag: tf.tensor1d([true, false], 'bool') }
    const { next, not } = await fn.run(inputs)
    expect(next!.dtype).toBe('int32')
    expect(values(next!)).toEqual([2, 3])
    expect(values(not!)).toEqual([0, 1])
    tf.dispose([inputs, next!, not!])
    fn.dispose()
  })

  it('gives bit-identical results from call to call', async () => {
    const fn = traced('matmul', ({ x }) => {
      const [gradient] = tf.grads((x: Tensor) => tf.sum(tf.softmax(tf.matMul(x, x, false, true))))([x!])
      return { gradient: gradient! }
    })
    const x = tf.randomNormal([96, 96], 0, 1, 'float32', 3)
    const results = []
    for (let i = 0; i < 5; i++) {
      const { gradient } = await fn.run({ x })
      results.push(Buffer.from(gradient!.dataSync().buffer).toString('base64'))
      gradient!.dispose()
    }
    expect(new Set(results).size).toBe(1)
    x.dispose()
    fn.dispose()
  })

  it('draws other numbers for each seed, and the same for equal seeds', async () => {
    const fn = traced('dropout', ({ x, seed }) => ({ y: dropout(x!, 0.5, seed!) }))
    const x = tf.ones([64])
    const draws = []
    for (const seed of [1, 2, 1]) {
      const word = tf.tensor1d([seed, 0], 'int32')
      const { y } = await fn.run({ x, seed: word })
      draws.push(values(y!).join())
      tf.dispose([word, y!])
    }
    expect(draws[0]).toBe(draws[2])
    expect(draws[0]).not.toBe(draws[1])
    x.dispose()
    fn.dispose()
  })

  it('computes nothing that neither an output nor the state needs', async () => {
    const fn = traced('needed', ({ x, index }) => {
      tf.gather(x!, index as tf.Tensor1D)
      return { y: tf.mul(x!, 2) }
    })
    const inputs = { x: tf.tensor1d([1, 2]), index: tf.tensor1d([7], 'int32') }
    const outputs = await fn.run(inputs)
    expect(values(outputs.y!)).toEqual([2, 4])
    tf.dispose([inputs, outputs])
    fn.dispose()
  })

  it('does not block the event loop while it runs', async () => {
    const fn = traced('long', ({ x }) => {
      let y = x!
      for (let i = 0; i < 40; i++) y = tf.tanh(tf.matMul(y, x!))
      return { y }
    })
    const x = tf.randomNormal([700, 700], 0, 0.01, 'float32', 1)
    const order: string[] = []
    const running = fn.run({ x }).then((outputs) => {
      order.push('function')
      return outputs
    })
    setImmediate(() => order.push('event loop'))
    tf.dispose(await running)
    expect(order).toEqual(['event loop', 'function'])
    x.dispose()
    fn.dispose()
  })

  it('runs calls one after the other, in order', async () => {
    const state = createState({ total: { shape: [], values: new Float32Array(1) } })
    const add = traced('add', ({ x }, scope) => {
      const sum = tf.add(scope.value('total'), x!)
      scope.assign('total', sum)
      return { sum }
    })
    const inputs = [1, 10, 100].map((value) => tf.scalar(value))
    const sums = await Promise.all(inputs.map((x) => add.run({ x }, state)))
    expect(sums.map(({ sum }) => values(sum!)[0])).toEqual([1, 11, 111])
    tf.dispose([inputs, sums])
    state.dispose()
    add.dispose()
  })

  it('refuses to read a value, and the engine goes on', async () => {
    const fn = traced('reader', ({ x }) => ({ y: tf.mul(x!, tf.mul(x!, 2).dataSync()[0]!) }))
    const x = tf.scalar(3)
    await expect(fn.run({ x })).rejects.toThrow('not known while tracing')
    const sum = tf.add(x, 1)
    expect(values(sum)).toEqual([4])
    tf.dispose([x, sum])
  })

  it('refuses a tensor made outside, uploaded or not', async () => {
    for (const outside of [tf.tensor1d([1, 2]), tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1))]) {
      const fn = traced('outsider', ({ x }) => ({ y: tf.add(x!, outside) }))
      const x = tf.tensor1d([3, 4])
      await expect(fn.run({ x })).rejects.toThrow('made outside it')
      expect(values(outside)).toHaveLength(2)
      tf.dispose([x, outside])
    }
  })

  it('refuses to let a tensor of its body be used outside', async () => {
    let escaped: Tensor | undefined
    const fn = traced('leak', ({ x }) => {
      escaped = tf.keep(tf.mul(x!, 2))
      return { y: escaped }
    })
    const x = tf.scalar(3)
    tf.dispose(await fn.run({ x }))
    expect(() => escaped!.dataSync()).toThrow('made inside a traced function')
    tf.dispose([x, escaped!])
    fn.dispose()
  })

  it('rethrows the error of its body and can be called again', async () => {
    let broken = true
    const fn = traced('broken', ({ x }) => {
      const y = tf.mul(x!, 2)
      if (broken) throw new Error('not today')
      return { y }
    })
    const x = tf.scalar(3)
    await expect(fn.run({ x })).rejects.toThrow('not today')
    broken = false
    const { y } = await fn.run({ x })
    expect(values(y!)).toEqual([6])
    tf.dispose([x, y!])
    fn.dispose()
  })

  it('reports what TensorFlow refuses, while tracing and while running', async () => {
    const wrongShapes = traced('wrong', ({ x }) => ({
      y: tf.engine().runKernel('BatchMatMul', { a: x!, b: x! }, {}) as Tensor,
    }))
    const x = tf.ones([2, 3])
    await expect(wrongShapes.run({ x })).rejects.toMatchObject({
      code: 'engine',
      message: expect.stringContaining('BatchMatMulV2'),
    })
    const index = tf.tensor1d([7], 'int32')
    const outOfRange = traced('gather', ({ x, index }) => ({ y: tf.gather(x!, index as tf.Tensor1D) }))
    await expect(outOfRange.run({ x, index })).rejects.toThrow(/indices\[0\] = 7 is not in \[0, 2\)/)
    tf.dispose([x, index])
    outOfRange.dispose()
  })
})
