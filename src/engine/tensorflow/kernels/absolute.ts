import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** |x|; of 0 the slope is 0, as in PyTorch: tfjs has −1 there. */
export function absolute(x: Tensor): Tensor {
  return kernel([x], {})[0]!
}

const kernel = defineKernel({
  name: 'Absolute',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [0], outputs: [] },
  forward: ([x]) => [tf.abs(x!)],
  gradient: ([dy], [x]) => [tf.mul(dy!, tf.sign(x!))],
})
