import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { biasAdd } from './bias-add.ts'

/**
 * x · Wᵀ + bias along the last axis. x: […, inputs]; weight: [features, inputs], as PyTorch holds it; bias: [features].
 * Result: […, features].
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const rows = tf.reshape(x, [-1, x.shape.at(-1)!])
  const product = kernel([rows, weight], {})[0]!
  const result = bias ? biasAdd(product, bias) : product
  return tf.reshape(result, [...x.shape.slice(0, -1), weight.shape[0]!])
}

const kernel = defineKernel({
  name: 'Linear',
  inputCount: 2,
  outputCount: 1,
  saves: { inputs: [0, 1], outputs: [] },
  forward: ([x, weight]) => [tf.matMul(x!, weight!, false, true)],
  gradient: ([dy], [x, weight]) => [tf.matMul(dy!, weight!), tf.matMul(dy!, x!, true, false)],
})
