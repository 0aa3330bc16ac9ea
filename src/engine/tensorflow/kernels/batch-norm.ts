import { attribute, float32 } from '../attribute.ts'
import { defineKernel, isMixed, isOnGpu } from '../kernel.ts'
import { operations } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { channelStatistics } from './channel-statistics.ts'
import { inGroups, sumOfRows } from './row-sums.ts'

interface BatchNormTrainingInputs {
  /** [channels] */
  scale: Tensor
  offset: Tensor
  /** Added to the variance. */
  epsilon: number
}

interface BatchNormTrainingResult {
  output: Tensor
  /** [channels], over batch, height and width. */
  mean: Tensor
  /** [channels], unbiased (n − 1), like PyTorch's running variance. 0 for n = 1, where PyTorch refuses to train. */
  variance: Tensor
}

/**
 * Batch normalisation by the batch's own statistics: (x − mean)/√(biased variance + ε) · scale + offset
 * (Ioffe and Szegedy 2015). x: [batch, height, width, channels]. Mean and variance are not differentiated through.
 */
export function batchNormTraining(
  x: Tensor,
  { scale, offset, epsilon }: BatchNormTrainingInputs,
): BatchNormTrainingResult {
  const [output, mean, variance] = trainingKernel([x, scale, offset], { epsilon })
  return { output: output!, mean: mean!, variance: variance! }
}

interface BatchNormInferenceInputs extends BatchNormTrainingInputs {
  /** [channels], the running statistics. */
  mean: Tensor
  variance: Tensor
}

/**
 * Batch normalisation by given statistics: (x − mean)/√(variance + ε) · scale + offset. x: [batch, height, width, channels].
 * Differentiable in x, scale and offset (a frozen layer inside a network that trains), not in the statistics.
 */
export function batchNormInference(x: Tensor, inputs: BatchNormInferenceInputs): Tensor {
  const { scale, offset, mean, variance, epsilon } = inputs
  return inferenceKernel([x, scale, offset, mean, variance], { epsilon })[0]!
}

interface Epsilon {
  epsilon: number
}

const fusedAttributes = (epsilon: number, training: boolean) => [
  float32,
  attribute.type('U', 'float32'),
  attribute.float('epsilon', epsilon),
  attribute.string('data_format', 'NHWC'),
  attribute.bool('is_training', training),
]

const trainingKernel = defineKernel<Epsilon>({
  name: 'BatchNormTraining',
  inputCount: 3,
  outputCount: 6,
  saves: { inputs: [0, 1], outputs: [3, 4, 5] },
  forward([x, scale, offset], { epsilon }) {
    const inputs = { scale: scale!, offset: offset!, epsilon }
    return isOnGpu() || isMixed() ? fusedTraining(x!, inputs) : trainingFromSums(x!, inputs)
  },
  gradient([dy], [x, scale, mean, variance, reserve], { epsilon }) {
    // oneDNN sums over each image, then over images: groups of rows are passed to it as images.
    const view = (tensor: Tensor) => (isOnGpu() ? tensor : tf.expandDims(inGroups(tensor), 1))
    const [dx, ...rest] = operations({
      name: 'FusedBatchNormGradV3',
      attributes: fusedAttributes(epsilon, true),
      inputs: [view(dy!), view(x!), scale!, mean!, variance!, reserve!],
      outputs: 5,
    })
    return [tf.reshape(dx!, x!.shape), rest[0]!, rest[1]!]
  },
})

/** cuDNN's, whose sums are exact enough, or oneDNN's, which are for bfloat16; each has its own reserve spaces. */
function fusedTraining(x: Tensor, { scale, offset, epsilon }: BatchNormTrainingInputs): Tensor[] {
  const empty = tf.tensor1d([], 'float32')
  const inputs = [x, scale, offset, empty, empty]
  return operations({ name: 'FusedBatchNormV3', attributes: fusedAttributes(epsilon, true), inputs, outputs: 6 })
}

/** oneDNN's own sums lose two digits over 10⁵ rows (decision 006), so it gets the statistics and does the rest. */
function trainingFromSums(x: Tensor, { scale, offset, epsilon }: BatchNormTrainingInputs): Tensor[] {
  const { mean, variance } = channelStatistics(x)
  const output = batchNormInference(x, { scale, offset, mean, variance, epsilon })
  return [output, mean, unbiased(variance, x), mean.clone(), variance, tf.tensor1d([], 'float32')]
}

/** From the biased variance of x's channels. */
function unbiased(variance: Tensor, x: Tensor): Tensor {
  const count = x.size / variance.size
  return tf.mul(variance, count / Math.max(1, count - 1))
}

const inferenceKernel = defineKernel<Epsilon>({
  name: 'BatchNormInference',
  inputCount: 5,
  outputCount: 1,
  saves: { inputs: [0, 1, 3, 4], outputs: [] },
  forward([x, scale, offset, mean, variance], { epsilon }) {
    const inputs = [x!, scale!, offset!, mean!, variance!]
    const attributes = fusedAttributes(epsilon, false)
    return operations({ name: 'FusedBatchNormV3', attributes, inputs, outputs: 6 }).slice(0, 1)
  },
  gradient([dy], [x, scale, mean, variance], { epsilon }) {
    const inverse = tf.rsqrt(tf.add(variance!, epsilon))
    const scaleGradient = tf.mul(sumOfRows(tf.mul(dy!, tf.sub(x!, mean!))), inverse)
    return [tf.mul(dy!, tf.mul(scale!, inverse)), scaleGradient, sumOfRows(dy!), null, null]
  },
})
