import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { multiply } from './linear.ts'
import { sumOfRows } from './row-sums.ts'

interface LayerNormInputs {
  /** [features] */
  scale: Tensor
  offset: Tensor
  /** Added to the variance. */
  epsilon: number
}

/**
 * Normalisation over the last axis: x̂ · scale + offset with x̂ = (x − mean)/√(biased variance + ε) (Ba 2016).
 * Keeps x̂ and 1/√(variance + ε) for the gradient.
 */
export function layerNorm(x: Tensor, { scale, offset, epsilon }: LayerNormInputs): Tensor {
  return kernel([x, scale, offset], { epsilon })[0]!
}

const kernel = defineKernel<{ epsilon: number }>({
  name: 'LayerNorm',
  inputCount: 3,
  outputCount: 3,
  saves: { inputs: [1], outputs: [1, 2] },
  forward([x, scale, offset], { epsilon }) {
    const centred = tf.sub(x!, tf.mean(x!, -1, true))
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon))
    const normalised = tf.mul(centred, inverse)
    return [tf.add(tf.mul(normalised, scale!), offset!), normalised, inverse]
  },
  gradient([dy], [scale, normalised, inverse]) {
    const product = tf.mul(dy!, normalised!)
    // Means over the features of something times scale: as products with a column, they are one pass each.
    const column = tf.reshape(tf.div(scale!, scale!.size), [-1, 1])
    const mean = (x: Tensor) => tf.reshape(multiply(rowsOf(x), column), inverse!.shape)
    const centred = tf.sub(tf.mul(dy!, scale!), mean(dy!))
    const dx = tf.mul(inverse!, tf.sub(centred, tf.mul(normalised!, mean(product))))
    return [dx, sumOfRows(product), sumOfRows(dy!)]
  },
})

/** […, features] as a matrix. */
const rowsOf = (x: Tensor) => tf.reshape(x, [-1, x.shape.at(-1)!])
