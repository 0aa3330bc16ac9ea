import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** The tensor as a constant: gradients do not flow through it. */
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
