import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * x · Φ(x) with the exact normal distribution function Φ(x) = (1 + erf(x/√2))/2 (Hendrycks and Gimpel 2016); any shape.
 * Keeps x and Φ(x), which costs more to compute again than to keep.
 */
export function gelu(x: Tensor): Tensor {
  return kernel([x], {})[0]!
}

const kernel = defineKernel({
  name: 'Gelu',
  inputCount: 1,
  outputCount: 2,
  saves: { inputs: [0], outputs: [1] },
  forward([x]) {
    const distribution = tf.mul(tf.add(tf.erf(tf.mul(x!, Math.SQRT1_2)), 1), 0.5)
    return [tf.mul(x!, distribution), distribution]
  },
  gradient([dy], [x, distribution]) {
    const density = tf.mul(tf.exp(tf.mul(tf.square(x!), -0.5)), 1 / Math.sqrt(2 * Math.PI))
    return [tf.mul(dy!, tf.add(distribution!, tf.mul(x!, density)))]
  },
})
