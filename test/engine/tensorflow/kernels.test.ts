import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Tensor, TensorRecord } from '../../../src/engine/tf.ts'
import { batchNormTraining, globalNorm, scaleGradient, stopGradient, tf, traced } from '../../../src/engine/tf.ts'
import { expectClose } from '../../support/arrays.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import { expectSlope } from '../../support/slopes.ts'
import type { KernelValues } from './kernel-cases.ts'
import { fixture, kernelCases, outputAndGradients, toTensor } from './kernel-cases.ts'

/** At a tie a maximum has no slope. */
const smooth = kernelCases.filter(({ name }) => !name.includes('ties'))

function expectValues(results: Tensor[], { output, gradients }: KernelValues): void {
  for (const [index, expected] of [output, ...gradients].entries()) {
    expect(results[index]!.shape).toEqual(expected.shape)
    expectClose(results[index]!.dataSync(), expected.values, 1e-5)
  }
}

describe('the cases', () => {
  /** Functions of kernels/ that have no case, and what tests them. */
  const without: Record<string, string> = {
    channelStatistics: 'the statistics of batchNormTraining',
    sumOfRows: 'the gradient of biasAdd',
    inGroups: 'the gradient of biasAdd',
    multiply: 'the product within linear',
    maxPool: 'max-pool.test.ts',
    maxPoolOver: 'max-pool.test.ts',
    averagePool: 'the cases of adaptiveAveragePool; over an edge engine/networks/onnx/parity.test.ts',
    convolution: 'engine/networks/onnx/parity.test.ts: depthwise, in groups, dilated and uneven',
    padded: 'max-pool.test.ts',
    maxOfWindows: 'max-pool.test.ts and the cases of adaptiveMaxPool',
    poolAttributes: 'max-pool.test.ts and the cases of adaptiveMaxPool',
    keptEntries: 'the cases of dropout',
    statelessUniform: 'random.test.ts; it has no gradient',
    globalNorm: 'below; it has no gradient',
    stopGradient: 'below; its gradient is 0 by definition, not a slope',
    scaleGradient: 'below; its gradient is no slope either',
    registerGather: 'the cases of gather, which fail in a traced function without it',
    largestAlong: 'engine/networks/onnx/operators/operators.test.ts',
    broadcastTo: 'engine/networks/onnx/operators/operators.test.ts',
    sumToShape: 'the gradients of broadcastTo, larger and smaller',
    larger: 'engine/networks/onnx/operators/operators.test.ts',
    smaller: 'engine/networks/onnx/operators/operators.test.ts',
    tile: 'engine/networks/onnx/operators/operators.test.ts',
    absolute: 'engine/networks/onnx/operators/operators.test.ts',
  }

  it('cover every function of the folder', async () => {
    const folder = '../../../src/engine/tensorflow/kernels'
    const files = readdirSync(new URL(folder, import.meta.url))
    const modules = await Promise.all(files.map((file) => import(`${folder}/${file}`) as Promise<object>))
    const tested = [...kernelCases.map(({ name }) => name.split(' ')[0]), ...Object.keys(without)]
    expect(new Set(tested)).toEqual(new Set(modules.flatMap((module) => Object.keys(module))))
  })
})

describe('in TensorFlow, operation by operation', () => {
  it.each(kernelCases)('$name and its gradients have the expected values', ({ kernel, expected }) => {
    const handles = tensorFlow.liveHandles()
    tf.tidy(() => {
      expectValues(outputAndGradients(kernel, expected.inputs.map(toTensor), expected.outputGradient), expected)
    })
    expect(tensorFlow.liveHandles()).toBe(handles)
  })

  it.each(smooth)('$name changes along a direction as its gradient predicts', ({ kernel, expected }) => {
    tf.tidy(() => expectSlope(kernel, expected.inputs.map(toTensor), toTensor(expected.outputGradient)))
  })
})

describe('in a traced function', () => {
  it.each(kernelCases)('$name and its gradients have the expected values', async ({ kernel, expected }) => {
    const inputs: TensorRecord = Object.fromEntries(expected.inputs.map((input, i) => [`input${i}`, toTensor(input)]))
    const fn = traced('kernel', (symbols) => {
      const results = outputAndGradients(kernel, Object.values(symbols), expected.outputGradient)
      return Object.fromEntries(results.map((result, index) => [`result${index}`, result]))
    })
    const results = await fn.run(inputs)
    expectValues(Object.values(results), expected)
    tf.dispose([inputs, results])
    fn.dispose()
  })
})

describe('statistics and gradients', () => {
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

  it('is accurate for a channel whose mean is 30 deviations, or that is constant', () => {
    // Per channel 0 … 63, and 64 times the same: n = 64, mean and unbiased variance by the sums of 0 … n − 1.
    const steps = Array.from({ length: 64 }, (_, row) => [560 + row, 7.3])
    const x = tf.tensor(steps.flat(), [4, 4, 4, 2])
    const { output, mean, variance } = batchNormTraining(x, {
      scale: tf.ones([2]),
      offset: tf.zeros([2]),
      epsilon: 1e-5,
    })
    expectClose(mean.dataSync(), [591.5, 7.3], 1e-6)
    expectClose(variance.dataSync(), [(64 * 65) / 12, 0], 1e-4)
    const biased = (64 ** 2 - 1) / 12
    const expected = steps.flatMap(([value]) => [(value! - 591.5) / Math.sqrt(biased), 0])
    expectClose(output.dataSync(), expected, 2e-3)
  })

  it('treats a stopped tensor as a constant: d(x · stop(x))/dx = x', async () => {
    const slope = tf.grad((x: Tensor) => tf.mul(x, stopGradient(x)))
    const fn = traced('stop', ({ x }) => ({ slope: slope(x!) }))
    const x = tf.tensor1d([-2, 0.5, 3])
    const results = await fn.run({ x })
    for (const found of [results.slope!, slope(x)]) expect([...found.dataSync()]).toEqual([-2, 0.5, 3])
    tf.dispose([x, results])
    fn.dispose()
  })

  it('scales the gradient alone: x² through a factor of 3 has the slope 6x', async () => {
    const square = (x: Tensor) => scaleGradient(tf.square(x), 3)
    const fn = traced('scale', ({ x }) => ({ value: square(x!), slope: tf.grad(square)(x!) }))
    const x = tf.tensor1d([-2, 0.5, 3])
    const results = await fn.run({ x })
    expect([...results.value!.dataSync()]).toEqual([4, 0.25, 9])
    for (const found of [results.slope!, tf.grad(square)(x)]) expect([...found.dataSync()]).toEqual([-12, 3, 18])
    tf.dispose([x, results])
    fn.dispose()
  })

  it('takes the norm over all tensors together', async () => {
    const { inputs, norm } = fixture.globalNorm
    const fn = traced('norm', (tensors) => ({ norm: globalNorm(Object.values(tensors)) }))
    const tensors = Object.fromEntries(inputs.map((input, i) => [`input${i}`, toTensor(input)]))
    const results = await fn.run(tensors)
    expect(results.norm!.dataSync()[0]).toBeCloseTo(norm, 5)
    expect(globalNorm(Object.values(tensors)).dataSync()[0]).toBeCloseTo(norm, 5)
    tf.dispose([tensors, results])
    fn.dispose()
  })
})
