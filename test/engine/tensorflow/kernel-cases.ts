import { readFileSync } from 'node:fs'
import { philoxUniform } from '../../support/philox.ts'
import * as engine from '../../../src/engine/tf.ts'
import type { Tensor } from '../../../src/engine/tf.ts'
import { tf } from '../../../src/engine/tf.ts'
import type { TensorFunction } from '../../support/slopes.ts'

export interface Stored {
  shape: number[]
  values: number[]
}

/** Inputs, and what a kernel makes of them. */
export interface KernelValues {
  inputs: Stored[]
  output: Stored
  outputGradient: Stored
  gradients: Stored[]
}

interface Fixture {
  kernels: Record<string, KernelValues>
  batchStatistics: { x: Stored; mean: Stored; variance: Stored }
  globalNorm: { inputs: Stored[]; norm: number }
  adamw: {
    weightDecay: number
    start: Stored
    gradients: Stored[]
    values: Stored[]
    firstMoment: Stored
    secondMoment: Stored
  }[]
}

/** Made by fixtures/kernels.py with PyTorch in float64. */
export const fixture = JSON.parse(readFileSync(new URL('./fixtures/kernels.json', import.meta.url), 'utf8')) as Fixture

export const toTensor = ({ values, shape }: Stored): Tensor => tf.tensor(values, shape)

const targets = [
  [0, 1, 0, 0, 0],
  [0.2, 0.3, 0.5, 0, 0],
  [0, 0, 0, 0, 1],
]
const convolution =
  (stride: number, padding: number): TensorFunction =>
  (x, filter) =>
    engine.conv2d(x!, filter!, { stride, padding })
const maximum: TensorFunction = (x) => engine.adaptiveMaxPool(x!, 4)
const average: TensorFunction = (x) => engine.adaptiveAveragePool(x!, 4)

/** q, k, v and the result head by head, [batch, heads, tokens, size], as the fixture has them. */
const attendHeads =
  (queries: 'all' | 'first'): TensorFunction =>
  (...heads) => {
    const [batch, headCount, tokens, size] = heads[0]!.shape as [number, number, number, number]
    const packed = tf.reshape(tf.transpose(tf.stack(heads), [1, 3, 0, 2, 4]), [batch, tokens, 3 * headCount * size])
    const joined = engine.attention(packed, { headCount, queries })
    return tf.transpose(tf.reshape(joined, [batch, -1, headCount, size]), [0, 2, 1, 3])
  }

const dropRate = 0.3
const dropSeed = [3, -4]

/** PyTorch draws other numbers, so these values follow from the definition: x/(1 − rate) where U(seed) ≥ rate, else 0. */
function droppedValues(): KernelValues {
  const shape = [5, 7]
  const stored = (values: number[]): Stored => ({ shape, values })
  const factors = Array.from(philoxUniform(35, Int32Array.from(dropSeed)), (drawn) =>
    drawn >= dropRate ? 1 / (1 - dropRate) : 0,
  )
  const [input, weights] = [factors.map((_, i) => Math.sin(i + 1)), factors.map((_, i) => Math.cos(2 * i))]
  return {
    inputs: [stored(input)],
    output: stored(input.map((value, i) => value * factors[i]!)),
    outputGradient: stored(weights),
    gradients: [stored(weights.map((value, i) => value * factors[i]!))],
  }
}

/** The engine's kernels, under the names that the fixture has for them. */
const kernels: Record<string, TensorFunction> = {
  batchNormTraining: (x, scale, offset) =>
    engine.batchNormTraining(x!, { scale: scale!, offset: offset!, epsilon: 1e-5 }).output,
  batchNormInference: (x, scale, offset) =>
    engine.batchNormInference(x!, {
      scale: scale!,
      offset: offset!,
      mean: tf.tensor1d([0.1, -0.2, 0.3, 0.4]),
      variance: tf.tensor1d([0.5, 1, 2, 3]),
      epsilon: 1e-5,
    }),
  layerNorm: (x, scale, offset) => engine.layerNorm(x!, { scale: scale!, offset: offset!, epsilon: 1e-6 }),
  gelu: (x) => engine.gelu(x!),
  relu: (x) => engine.relu(x!),
  biasAdd: (x, bias) => engine.biasAdd(x!, bias!),
  linear: (x, weight, bias) => engine.linear(x!, weight!, bias!),
  dropout: (x) => engine.dropout(x!, dropRate, tf.tensor1d(dropSeed, 'int32')),
  softmaxCrossEntropy: (logits) => engine.softmaxCrossEntropy(logits!, tf.tensor2d(targets)),
  'conv2d 3×3': convolution(1, 1),
  'conv2d 3×3, stride 2, even side': convolution(2, 1),
  'conv2d 3×3, stride 2, odd side': convolution(2, 1),
  'conv2d 7×7, stride 2': convolution(2, 3),
  'conv2d 3×3 without padding': convolution(1, 0),
  'conv2d 3×3 without padding, stride 2, even side': convolution(2, 0),
  'conv2d 1×1': convolution(1, 0),
  'conv2d 1×1, stride 2': convolution(2, 0),
  'conv2d 4×4 patches': convolution(4, 0),
  'adaptiveMaxPool 8': maximum,
  'adaptiveMaxPool 4': maximum,
  'adaptiveMaxPool 7×9': maximum,
  'adaptiveMaxPool 2': maximum,
  'adaptiveMaxPool 8, ties': maximum,
  'adaptiveMaxPool 7×9, ties': maximum,
  'adaptiveAveragePool 8': average,
  'adaptiveAveragePool 4': average,
  'adaptiveAveragePool 7×9': average,
  'adaptiveAveragePool 2': average,
  attention: attendHeads('all'),
  'attention from the first token': attendHeads('first'),
  gather: (x) => engine.gather(x!, tf.tensor1d([0, 2, 2, 1, 3], 'int32')),
  'gather along axis 1': (x) => engine.gather(x!, tf.tensor1d([0, 2, 2], 'int32'), 1),
}

/** Every kernel with the values that it must give. A case's name begins with its function's. */
export const kernelCases = Object.entries(kernels).map(([name, kernel]) => ({
  name,
  kernel,
  expected: name === 'dropout' ? droppedValues() : fixture.kernels[name]!,
}))

/** Output, then the gradient of Σ output · outputGradient with respect to each input. */
export function outputAndGradients(kernel: TensorFunction, inputs: Tensor[], outputGradient: Stored): Tensor[] {
  const output = kernel(...inputs)
  return [output, ...tf.grads((...values: Tensor[]) => kernel(...values))(inputs, toTensor(outputGradient))]
}
