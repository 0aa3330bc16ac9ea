import { describe, expect, it } from 'vitest'
import { adamBiasCorrections, createState, tf, traced } from '../../../src/engine/tf.ts'
import { expectClose } from '../../support/arrays.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import { fixture, toTensor } from './kernel-cases.ts'

const numbers = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) })
const zeros = (shape: number[]) => ({
  shape,
  values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
})
const live = () => ({ handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors })

describe('state', () => {
  it('returns what was written, and takes new values', async () => {
    const before = live()
    const state = createState({ a: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }, b: numbers(5) })
    expect(state.names).toEqual(['a', 'b'])
    expect(state.shape('a')).toEqual([2, 2])
    expect([...(await state.read('a'))]).toEqual([1, 2, 3, 4])
    state.write('a', Float32Array.of(9, 8, 7, 6))
    expect([...(await state.read('a'))]).toEqual([9, 8, 7, 6])
    expect([...(await state.read('b'))]).toEqual([5])
    state.dispose()
    expect(live()).toEqual(before)
  })

  it('keeps the values of the start of a call until its end', async () => {
    const state = createState({ a: numbers(1, 2) })
    const step = traced('swap', (_, scope) => {
      scope.assign('a', tf.mul(scope.value('a'), 10))
      return { seen: tf.add(scope.value('a'), 0) }
    })
    const { seen } = await step.run({}, state)
    expect([...seen!.dataSync()]).toEqual([1, 2])
    expect([...(await state.read('a'))]).toEqual([10, 20])
    seen!.dispose()
    state.dispose()
    step.dispose()
  })

  it('does not change values that were returned before', async () => {
    const state = createState({ a: numbers(1), m: numbers(0), v: numbers(0) })
    const step = traced('adam', ({ one }, scope) => {
      scope.adam({ parameter: 'a', firstMoment: 'm', secondMoment: 'v' }, tf.tensor1d([2]), {
        learningRate: one!,
        biasCorrection1: one!,
        biasCorrection2: one!,
        beta1: 0.5,
        beta2: 0.5,
        epsilon: 0,
        weightDecay: 0,
      })
      return { before: scope.value('a') }
    })
    const one = tf.scalar(1)
    const outputs = [await step.run({ one }, state), await step.run({ one }, state)]
    expect(outputs[0]!.before!.dataSync()[0]).toBe(1)
    // m = 1, v = 2: the first change is 1/√2.
    expect(outputs[1]!.before!.dataSync()[0]).toBeCloseTo(1 - Math.SQRT1_2, 6)
    tf.dispose([one, outputs])
    state.dispose()
    step.dispose()
  })

  it('keeps independent variables of equal shapes apart', async () => {
    const step = traced('count', (_, scope) => {
      scope.assign('a', tf.add(scope.value('a'), 1))
      return {}
    })
    const [first, second] = [createState({ a: numbers(0) }), createState({ a: numbers(100) })]
    await step.run({}, first)
    await step.run({}, second)
    await step.run({}, first)
    expect([(await first.read('a'))[0], (await second.read('a'))[0]]).toEqual([2, 101])
    first.dispose()
    second.dispose()
    step.dispose()
  })

  it.each(fixture.adamw)('makes the AdamW updates that PyTorch makes, weight decay $weightDecay', async (expected) => {
    const { shape } = expected.start
    const state = createState({
      p: { shape, values: Float32Array.from(expected.start.values) },
      m: zeros(shape),
      v: zeros(shape),
    })
    const step = traced('adamw', ({ gradient, learningRate, biasCorrection1, biasCorrection2 }, scope) => {
      scope.adam({ parameter: 'p', firstMoment: 'm', secondMoment: 'v' }, gradient!, {
        learningRate: learningRate!,
        biasCorrection1: biasCorrection1!,
        biasCorrection2: biasCorrection2!,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: expected.weightDecay,
      })
      return {}
    })
    for (const [index, gradient] of expected.gradients.entries()) {
      const { first, second } = adamBiasCorrections(index + 1, 0.9, 0.999)
      const inputs = {
        gradient: toTensor(gradient),
        learningRate: tf.scalar(0.01),
        biasCorrection1: tf.scalar(first),
        biasCorrection2: tf.scalar(second),
      }
      await step.run(inputs, state)
      tf.dispose(inputs)
      expectClose(await state.read('p'), expected.values[index]!.values, 1e-6)
    }
    expectClose(await state.read('m'), expected.firstMoment.values, 1e-6)
    expectClose(await state.read('v'), expected.secondMoment.values, 1e-6)
    state.dispose()
    step.dispose()
  })

  it('leaks nothing over many steps', async () => {
    const state = createState({ a: numbers(1, 2, 3), m: zeros([3]), v: zeros([3]), n: zeros([]) })
    const step = traced('step', ({ x }, scope) => {
      const [gradient] = tf.grads((a) => tf.sum(tf.square(tf.mul(a!, x!))))([scope.value('a')])
      const rates = { learningRate: x!, biasCorrection1: x!, biasCorrection2: x! }
      const constants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 }
      scope.adam({ parameter: 'a', firstMoment: 'm', secondMoment: 'v' }, gradient!, { ...rates, ...constants })
      scope.assign('n', tf.add(scope.value('n'), 1))
      return { norm: tf.norm(gradient!) }
    })
    const x = tf.scalar(0.5)
    const counts = new Set<string>()
    for (let i = 0; i < 12; i++) {
      tf.dispose(await step.run({ x }, state))
      counts.add(JSON.stringify(live()))
    }
    expect([...counts]).toHaveLength(1)
    expect((await state.read('n'))[0]).toBe(12)
    x.dispose()
    state.dispose()
    step.dispose()
  })

  it('leaks nothing where one of its arrays cannot be created', () => {
    const before = live()
    const impossible = { shape: [-1, -2], values: new Float32Array(2) }
    expect(() => createState({ a: numbers(1, 2), b: impossible, c: numbers(3) })).toThrow()
    expect(live()).toEqual(before)
  })

  it('refuses a wrong size, an unknown name, and a function without its state', async () => {
    expect(() => createState({ a: { shape: [3], values: new Float32Array(2) } })).toThrow(
      'State a: shape [3] holds 3 values, got 2',
    )
    const state = createState({ a: numbers(1, 2) })
    expect(() => state.write('a', Float32Array.of(1))).toThrow('shape [2] holds 2 values, got 1')
    expect(() => state.shape('b')).toThrow('State has no array b; it has a')
    const unknown = traced('unknown', (_, scope) => ({ y: scope.value('b') }))
    await expect(unknown.run({}, state)).rejects.toThrow('no array b')
    await expect(unknown.run({})).rejects.toThrow('unknown uses state, but none was given')
    state.dispose()
  })
})
