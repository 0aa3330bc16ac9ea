import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** Largest entry along axes; several that are equal share its gradient, as in PyTorch's `amax`. */
export function largestAlong(x: Tensor, axes: number[], keepAxes: boolean): Tensor {
  return kernel([x], { axes, keepAxes })[0]!
}

const kernel = defineKernel<{ axes: number[]; keepAxes: boolean }>({
  name: 'LargestAlong',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [0], outputs: [0] },
  forward: ([x], { axes, keepAxes }) => [tf.max(x!, axes, keepAxes)],
  gradient([dy], [x, y], { axes }) {
    const kept = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    const isLargest = tf.cast(tf.equal(x!, tf.reshape(y!, kept)), 'float32')
    return [tf.mul(isLargest, tf.div(tf.reshape(dy!, kept), tf.sum(isLargest, axes, true)))]
  },
})
