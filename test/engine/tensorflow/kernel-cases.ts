import { readFileSync } from 'node:fs'
import * as engine from '../../../src/main/engine/tf.ts'
import type { Tensor } from '../../../src/main/engine/tf.ts'
import { tf } from '../../../src/main/engine/tf.ts'

export interface Stored {
  shape: number[]
  values: number[]
}

export interface KernelFixture {
  inputs: Stored[]
  output: Stored
  outputGradient: Stored
  gradients: Stored[]
}

interface Fixture {
  kernels: Record<string, KernelFixture>
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

export type KernelFunction = (...inputs: Tensor[]) => Tensor

const targets = [
  [0, 1, 0, 0, 0],
  [0.2, 0.3, 0.5, 0, 0],
  [0, 0, 0, 0, 1],
]
const convolution =
  (stride: number, padding: number): KernelFunction =>
  (x, filter) =>
    engine.conv2d(x!, filter!, { stride, padding })
const maximum: KernelFunction = (x) => engine.adaptiveMaxPool(x!, 4)
const average: KernelFunction = (x) => engine.adaptiveAveragePool(x!, 4)

/** q, k, v and the result head by head, [batch, heads, tokens, size], as the fixture has them. */
function attendHeads(heads: Tensor[]): Tensor {
  const [batch, headCount, tokens, size] = heads[0]!.shape as [number, number, number, number]
  const packed = tf.reshape(tf.transpose(tf.stack(heads), [1, 3, 0, 2, 4]), [batch, tokens, 3 * headCount * size])
  const joined = engine.attention(packed, { headCount, queries: 'all' })
  return tf.transpose(tf.reshape(joined, [batch, tokens, headCount, size]), [0, 2, 1, 3])
}

/** The engine's kernels under the names that the fixture has. */
export const kernels: Record<string, KernelFunction> = {
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
  softmaxCrossEntropy: (logits) => engine.softmaxCrossEntropy(logits!, tf.tensor2d(targets)),
  'conv2d 3×3': convolution(1, 1),
  'conv2d 3×3, stride 2, even side': convolution(2, 1),
  'conv2d 3×3, stride 2, odd side': convolution(2, 1),
  'conv2d 7×7, stride 2': convolution(2, 3),
  'conv2d 1×1, stride 2': convolution(2, 0),
  'conv2d 4×4 patches': convolution(4, 0),
  'adaptiveMaxPool 8': maximum,
  'adaptiveMaxPool 4': maximum,
  'adaptiveMaxPool 7×9': maximum,
  'adaptiveMaxPool 2': maximum,
  'adaptiveMaxPool 8, ties': maximum,
  'adaptiveMaxPool 7×9, ties': maximum,
  'adaptiveAveragePool 8': average,
  'adaptiveAveragePool 7×9': average,
  'adaptiveAveragePool 2': average,
  attention: (q, k, v) => attendHeads([q!, k!, v!]),
  gather: (x) => engine.gather(x!, tf.tensor1d([0, 2, 2, 1, 3], 'int32')),
  'gather along axis 1': (x) => engine.gather(x!, tf.tensor1d([0, 2, 2], 'int32'), 1),
}

/** Output, then the gradient of Σ output · outputGradient with respect to each input. */
export function outputAndGradients(kernel: KernelFunction, inputs: Tensor[], outputGradient: Stored): Tensor[] {
  const output = kernel(...inputs)
  return [output, ...tf.grads((...values: Tensor[]) => kernel(...values))(inputs, toTensor(outputGradient))]
}
