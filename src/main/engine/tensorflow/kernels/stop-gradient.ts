import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** The tensor as a constant: what is computed from it has a gradient of 0 with respect to what it was computed from. */
export function stopGradient(x: Tensor): Tensor {
  return kernel([x], {})[0]!
}

const kernel = defineKernel({
  name: 'StopGradient',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [], outputs: [] },
  forward: ([x]) => [tf.clone(x!)],
  gradient: ([dy]) => [tf.zerosLike(dy!)],
})
