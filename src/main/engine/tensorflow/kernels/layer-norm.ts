import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

export interface LayerNormInputs {
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
    const rows = [...Array(dy!.rank - 1).keys()]
    const scaled = tf.mul(dy!, scale!)
    const mean = tf.mean(scaled, -1, true)
    const slope = tf.mean(tf.mul(scaled, normalised!), -1, true)
    const dx = tf.mul(inverse!, tf.sub(tf.sub(scaled, mean), tf.mul(normalised!, slope)))
    return [dx, tf.sum(tf.mul(dy!, normalised!), rows), tf.sum(dy!, rows)]
  },
})
