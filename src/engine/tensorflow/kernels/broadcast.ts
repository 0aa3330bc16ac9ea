import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** Axes up to which tfjs has a gradient. */
const mostAxes = 4

/** Repeats what lies along axes of length 1, or that x has not, to a shape. */
export function broadcastTo(x: Tensor, shape: number[]): Tensor {
  return shape.length > mostAxes ? kernel([x], { shape, from: x.shape })[0]! : tf.broadcastTo(x, shape)
}

/** `repeats` copies of x along each of its axes, behind one another. */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  if (x.rank <= mostAxes) return tf.tile(x, [...repeats])
  // Copies have an axis of their own.
  const apart = x.shape.flatMap((size, axis) => (repeats[axis] === 1 ? [size] : [1, size]))
  const copied = x.shape.flatMap((size, axis) => (repeats[axis] === 1 ? [size] : [repeats[axis]!, size]))
  const shape = x.shape.map((size, axis) => repeats[axis]! * size)
  return tf.reshape(broadcastTo(tf.reshape(x, apart), copied), shape)
}

const kernel = defineKernel<{ shape: number[]; from: number[] }>({
  name: 'BroadcastTo',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [], outputs: [] },
  forward: ([x], { shape }) => [tf.broadcastTo(x!, shape)],
  gradient: ([dy], _saved, { from }) => [sumToShape(dy!, from)],
})

/** The sum of the copies of each entry of a value of this shape that was repeated to that of x. */
export function sumToShape(x: Tensor, shape: number[]): Tensor {
  const lead = x.rank - shape.length
  const repeated = x.shape.flatMap((size, axis) => (size === shape[axis - lead] ? [] : [axis]))
  return repeated.length === 0 ? x.clone() : tf.reshape(tf.sum(x, repeated), shape)
}
