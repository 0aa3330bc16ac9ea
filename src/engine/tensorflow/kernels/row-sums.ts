import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'

/**
 * Σ over all axes but the last. x: […, features] of rank 2 or more; result: [features]. Rows are added up in groups, then the
 * groups: in one go a sum of float32 numbers loses a digit where there are a hundred times as many rows (Higham 1993).
 */
export function sumOfRows(x: Tensor): Tensor {
  return tf.sum(tf.sum(inGroups(x), 1), 0)
}

/** x, […, features], as [groups, rows, features]. */
export function inGroups(x: Tensor): Tensor {
  const features = x.shape.at(-1)!
  return tf.reshape(x, [-1, rowsOfGroup(x.size / features), features])
}

/** The largest divisor of `rows` up to √rows/2: several threads share out the groups, each then has as many of them as a group has rows. */
function rowsOfGroup(rows: number): number {
  let size = Math.max(1, Math.floor(Math.sqrt(rows) / 2))
  while (rows % size !== 0) size--
  return size
}
