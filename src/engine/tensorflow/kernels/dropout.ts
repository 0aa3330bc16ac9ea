import { attribute } from '../attribute.ts'
import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * Sets each entry to 0 with probability `rate` and divides the others by 1 − rate (Srivastava 2014). x: any shape.
 * `seed`, int32 [2], decides which: an input of the step, so that a traced function draws anew each time and a resumed
 * run draws what an uninterrupted one would.
 */
export function dropout(x: Tensor, rate: number, seed: Tensor): Tensor {
  if (rate === 0) return x
  return kernel([x, seed], { rate })[0]!
}

/** Uniform in [0, 1), a function of shape and seed: the same numbers on every device. */
export function statelessUniform(shape: readonly number[], seed: Tensor): Tensor {
  const attributes = [
    attribute.type('dtype', 'float32'),
    attribute.type('T', 'int32'),
    attribute.type('Tseed', 'int32'),
  ]
  return tf.tidy(() => operation('StatelessRandomUniform', attributes, [tf.tensor1d([...shape], 'int32'), seed]))
}

/** bool of this shape: which entries dropout keeps. */
export function keptEntries(shape: readonly number[], rate: number, seed: Tensor): Tensor {
  return tf.greaterEqual(statelessUniform(shape, seed), rate)
}

/** x where it is kept, divided by 1 − rate, else 0. */
function withDropout(x: Tensor, kept: Tensor, rate: number): Tensor {
  return tf.mul(tf.mul(x, 1 / (1 - rate)), tf.cast(kept, 'float32'))
}

const kernel = defineKernel<{ rate: number }>({
  name: 'Dropout',
  inputCount: 2,
  outputCount: 2,
  saves: { inputs: [], outputs: [1] },
  forward([x, seed], { rate }) {
    const kept = keptEntries(x!.shape, rate, seed!)
    return [withDropout(x!, kept, rate), kept]
  },
  gradient: ([dy], [kept], { rate }) => [withDropout(dy!, kept!, rate), null],
})
