import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * Cross-entropy in nats of each sample: −Σ targets · log softmax(logits). Both [batch, classes]; targets are
 * probabilities that add up to 1 (one-hot, or soft as Mixup makes them) and not differentiated through. Result: [batch].
 */
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return kernel([logits, targets], {})[0]!
}

const kernel = defineKernel({
  name: 'SoftmaxCrossEntropy',
  inputCount: 2,
  outputCount: 2,
  saves: { inputs: [], outputs: [1] },
  // Not SoftmaxCrossEntropyWithLogits, which refuses to run on a GPU that is held to repeatable results.
  forward([logits, targets]) {
    const logProbabilities = tf.logSoftmax(logits!)
    const loss = tf.neg(tf.sum(tf.mul(targets!, logProbabilities), 1))
    return [loss, tf.sub(tf.exp(logProbabilities), targets!)]
  },
  gradient: ([dy], [slope]) => [tf.mul(slope!, tf.expandDims(dy!, 1)), null],
})
