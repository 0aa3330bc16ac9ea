import { float32 } from '../attribute.ts'
import { defineKernel, isNative } from '../kernel.ts'
import { operations } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * Cross-entropy in nats of each sample: −Σ targets · log softmax(logits). Both [batch, classes]; targets are
 * probabilities (one-hot, or soft as Mixup makes them) and not differentiated through. Result: [batch].
 */
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return kernel([logits, targets], {})[0]!
}

const kernel = defineKernel({
  name: 'SoftmaxCrossEntropy',
  inputCount: 2,
  outputCount: 2,
  saves: { inputs: [], outputs: [1] },
  forward([logits, targets]) {
    if (isNative()) {
      const inputs = [logits!, targets!]
      return operations({ name: 'SoftmaxCrossEntropyWithLogits', attributes: [float32], inputs, outputs: 2 })
    }
    const loss = tf.neg(tf.sum(tf.mul(targets!, tf.logSoftmax(logits!)), 1))
    return [loss, tf.sub(tf.softmax(logits!), targets!)]
  },
  gradient: ([dy], [slope]) => [tf.mul(slope!, tf.expandDims(dy!, 1)), null],
})
