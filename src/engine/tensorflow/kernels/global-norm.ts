import { float32 } from '../attribute.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** √(Σ of the squares of all entries of all tensors), a scalar, limited by clipping (Pascanu 2013). Not differentiable. */
export function globalNorm(tensors: readonly Tensor[]): Tensor {
  return tf.tidy(() => {
    // L2Loss halves the sum of squares.
    const halves = tensors.map((tensor) => operation('L2Loss', [float32], [tensor]))
    return tf.sqrt(tf.mul(tf.addN(halves), 2))
  })
}
