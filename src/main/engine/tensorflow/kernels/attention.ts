import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * Scaled dot-product attention: softmax(q·kᵀ/√d)·v (Vaswani 2017). q, k, v and the result: [batch, heads, tokens, d].
 * Keeps q, k, v and the attention weights.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor): Tensor {
  return kernel([q, k, v], {})[0]!
}

const kernel = defineKernel({
  name: 'Attention',
  inputCount: 3,
  outputCount: 2,
  saves: { inputs: [0, 1, 2], outputs: [1] },
  forward([q, k, v]) {
    const scale = 1 / Math.sqrt(q!.shape.at(-1)!)
    const weights = tf.softmax(tf.matMul(tf.mul(q!, scale), k!, false, true))
    return [tf.matMul(weights, v!), weights]
  },
  gradient([dy], [q, k, v, weights]) {
    const scale = 1 / Math.sqrt(q!.shape.at(-1)!)
    const dv = tf.matMul(weights!, dy!, true, false)
    const dWeights = tf.matMul(dy!, v!, false, true)
    const product = tf.mul(dWeights, weights!)
    const dScores = tf.sub(product, tf.mul(weights!, tf.sum(product, -1, true)))
    const dq = tf.mul(tf.matMul(dScores, k!), scale)
    const dk = tf.matMul(dScores, tf.mul(q!, scale), true, false)
    return [dq, dk, dv]
  },
})
