import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** The tensor as a constant: what leads to it is not differentiated. tfjs records no operation that runs within another one. */
export function stopGradient(x: Tensor): Tensor {
  const { state } = tf.engine()
  state.kernelDepth++
  try {
    return tf.clone(x)
  } finally {
    state.kernelDepth--
  }
}
