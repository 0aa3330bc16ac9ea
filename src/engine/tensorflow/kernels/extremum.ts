import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { sumToShape } from './broadcast.ts'

/** The larger one of each two entries; shapes broadcast. Where they are equal each has half of the gradient, as in PyTorch's `maximum`. */
export const larger = (a: Tensor, b: Tensor): Tensor => kernel([a, b], { isLarger: true })[0]!

/** The smaller one, alike. */
export const smaller = (a: Tensor, b: Tensor): Tensor => kernel([a, b], { isLarger: false })[0]!

const kernel = defineKernel<{ isLarger: boolean }>({
  name: 'Extremum',
  inputCount: 2,
  outputCount: 1,
  saves: { inputs: [0, 1], outputs: [] },
  forward: ([a, b], { isLarger }) => [isLarger ? tf.maximum(a!, b!) : tf.minimum(a!, b!)],
  gradient([dy], [a, b], { isLarger }) {
    const isFirst = isLarger ? tf.greater(a!, b!) : tf.less(a!, b!)
    const share = tf.add(tf.cast(isFirst, 'float32'), tf.mul(tf.cast(tf.equal(a!, b!), 'float32'), 0.5))
    return [sumToShape(tf.mul(dy!, share), a!.shape), sumToShape(tf.mul(dy!, tf.sub(1, share)), b!.shape)]
  },
})
