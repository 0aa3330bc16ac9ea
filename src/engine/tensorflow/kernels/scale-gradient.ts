import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** The identity; its gradient is multiplied by `factor`. */
export function scaleGradient(x: Tensor, factor: number): Tensor {
  return kernel([x], { factor })[0]!
}

const kernel = defineKernel<{ factor: number }>({
  name: 'ScaleGradient',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [], outputs: [] },
  forward: ([x]) => [tf.clone(x!)],
  gradient: ([dy], _, { factor }) => [tf.mul(dy!, factor)],
})
