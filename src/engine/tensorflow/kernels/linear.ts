import { attribute, float32 } from '../attribute.ts'
import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { biasAdd } from './bias-add.ts'

/**
 * x · Wᵀ + bias along the last axis. x: […, inputs]; weight: [features, inputs], as PyTorch holds it; bias: [features].
 * Result: […, features].
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const rows = tf.reshape(x, [-1, x.shape.at(-1)!])
  const result = biasAdd(kernel([rows, weight], {})[0]!, bias)
  return tf.reshape(result, [...x.shape.slice(0, -1), weight.shape[0]!])
}

const kernel = defineKernel({
  name: 'Linear',
  inputCount: 2,
  outputCount: 1,
  saves: { inputs: [0, 1], outputs: [] },
  forward: ([x, weight]) => [multiply(x!, weight!, { transposeB: true })],
  gradient: ([dy], [x, weight]) => [multiply(dy!, weight!), multiply(dy!, x!, { transposeA: true })],
})

/** Product of matrices. tfjs makes each a batch of one, for which oneDNN is up to a tenth slower. */
export function multiply(a: Tensor, b: Tensor, { transposeA = false, transposeB = false } = {}): Tensor {
  const transposed = [attribute.bool('transpose_a', transposeA), attribute.bool('transpose_b', transposeB)]
  return operation('MatMul', [float32, ...transposed], [a, b])
}
