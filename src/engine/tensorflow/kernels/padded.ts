import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/** Pixels around a map. */
export type Pads = readonly [top: number, left: number, bottom: number, right: number]

/** [batch, height, width, channels] with pixels of this value around it. */
export function padded(x: Tensor, [top, left, bottom, right]: Pads, value = 0): Tensor {
  if (top + left + bottom + right === 0) return x
  const around: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
  return tf.pad(x, around, value)
}
