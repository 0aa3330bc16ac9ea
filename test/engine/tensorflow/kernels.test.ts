import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tensor, TensorRecord } from '../../../src/main/engine/tf.ts'
import {
  attention,
  batchNormTraining,
  globalNorm,
  tf,
  traced,
  useOracle,
  useTensorFlow,
} from '../../../src/main/engine/tf.ts'
import { expectClose } from '../../support/arrays.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import type { KernelFixture } from './kernel-cases.ts'
import { fixture, kernels, outputAndGradients, toTensor } from './kernel-cases.ts'

const cases = Object.entries(kernels).map(([name, kernel]) => ({ name, kernel, expected: fixture.kernels[name]! }))
/** At a tie a maximum has no slope. */
const smooth = cases.filter(({ name }) => !name.includes('ties'))

/** Compares output and gradients with PyTorch's, then frees them. */
function expectAsPyTorch(results: Tensor[], { output, gradients }: KernelFixture): void {
  for (const [index, expected] of [output, ...gradients].entries()) {
    expect(results[index]!.shape).toEqual(expected.shape)
    expectClose(results[index]!.dataSync(), expected.values, 1e-5)
  }
}

it('has a PyTorch case for every kernel', () => {
  expect(Object.keys(kernels)).toEqual(Object.keys(fixture.kernels))
})

describe('in TensorFlow, operation by operation', () => {
  it.each(cases)('$name and its gradients equal PyTorch', ({ kernel, expected }) => {
    const handles = tensorFlow.liveHandles()
    tf.tidy(() => {
      expectAsPyTorch(outputAndGradients(kernel, expected.inputs.map(toTensor), expected.outputGradient), expected)
    })
    expect(tensorFlow.liveHandles()).toBe(handles)
  })

  it.each(smooth)('$name changes along a direction as its gradient says', ({ kernel, expected }) => {
    tf.tidy(() => {
      const inputs = expected.inputs.map(toTensor)
      const weights = toTensor(expected.outputGradient)
      const [, ...gradients] = outputAndGradients(kernel, inputs, expected.outputGradient)
      const direction = inputs.map((input) => tf.sin(tf.add(tf.mul(input, 37), 0.5)))
      const step = 1e-3
      const at = (factor: number) =>
        tf
          .sum(tf.mul(kernel(...inputs.map((input, i) => tf.add(input, tf.mul(direction[i]!, factor)))), weights))
          .dataSync()[0]!
      const measured = (at(step) - at(-step)) / (2 * step)
      const predicted = tf.addN(gradients.map((gradient, i) => tf.sum(tf.mul(gradient, direction[i]!)))).dataSync()[0]!
      expect(Math.abs(measured - predicted)).toBeLessThan(2e-2 * (1 + Math.abs(predicted)))
    })
  })
})

describe('in a traced function', () => {
  it.each(cases)('$name and its gradients equal PyTorch', async ({ kernel, expected }) => {
    const inputs: TensorRecord = Object.fromEntries(expected.inputs.map((input, i) => [`input${i}`, toTensor(input)]))
    const fn = traced('kernel', (symbols) => {
      const results = outputAndGradients(kernel, Object.values(symbols), expected.outputGradient)
      return Object.fromEntries(results.map((result, index) => [`result${index}`, result]))
    })
    const results = await fn.run(inputs)
    expectAsPyTorch(Object.values(results), expected)
    tf.dispose([inputs, results])
    fn.dispose()
  })
})

describe('on the oracle', () => {
  beforeAll(useOracle)
  afterAll(useTensorFlow)

  it.each(cases)('$name and its gradients equal PyTorch', ({ kernel, expected }) => {
    tf.tidy(() =>
      expectAsPyTorch(outputAndGradients(kernel, expected.inputs.map(toTensor), expected.outputGradient), expected),
    )
  })
})

for (const [backend, use] of [
  ['in TensorFlow', useTensorFlow],
  ['on the oracle', useOracle],
] as const) {
  describe(`statistics ${backend}`, () => {
    beforeAll(use)
    afterAll(useTensorFlow)

    it('gives the mean and the unbiased variance of a batch', () => {
      const { x, mean, variance } = fixture.batchStatistics
      const ones = { scale: tf.ones([4]), offset: tf.zeros([4]), epsilon: 1e-5 }
      const result = batchNormTraining(toTensor(x), ones)
      expectClose(result.mean.dataSync(), mean.values, 1e-6)
      expectClose(result.variance.dataSync(), variance.values, 1e-5)
    })

    it('gives variance 0 to a single value per channel', () => {
      const single = batchNormTraining(tf.ones([1, 1, 1, 2]), {
        scale: tf.ones([2]),
        offset: tf.zeros([2]),
        epsilon: 1e-5,
      })
      expect([...single.variance.dataSync()]).toEqual([0, 0])
    })

    it('attends from the first token alone as it does from all', () => {
      tf.tidy(() => {
        const packed = tf.randomNormal([2, 5, 12], 0, 1, 'float32', 7)
        const first = (x: Tensor) => attention(x, { headCount: 2, queries: 'first' })
        const ofAll = (x: Tensor) => tf.slice(attention(x, { headCount: 2, queries: 'all' }), [0, 0, 0], [-1, 1, -1])
        expectClose(first(packed).dataSync(), [...ofAll(packed).dataSync()], 1e-6)
        expectClose(tf.grad(first)(packed).dataSync(), [...tf.grad(ofAll)(packed).dataSync()], 1e-5)
      })
    })

    it('takes the norm over all tensors together', () => {
      const { inputs, norm } = fixture.globalNorm
      expect(globalNorm(inputs.map(toTensor)).dataSync()[0]).toBeCloseTo(norm, 5)
    })
  })
}
