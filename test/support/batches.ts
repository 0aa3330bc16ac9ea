import type { Batch, BatchArray } from '../../src/engine/training/batch.ts'

/** An array of float32 numbers, [size, …shape of one sample]. */
export function floats(values: Float32Array, [size, ...shape]: [number, ...number[]]): BatchArray {
  return { values, shape: [size, ...shape], dtype: 'float32' }
}

/** Images of a shape [height, width, channels] as a batch. */
export function imagesBatch(values: Float32Array, shape: readonly number[]): Batch {
  const size = values.length / shape.reduce((product, side) => product * side, 1)
  return { inputs: { images: floats(values, [size, ...shape]) }, size }
}

/** The images of a batch, row-major. */
export const pixelsOf = ({ inputs }: Batch): Float32Array => inputs.images!.values as Float32Array
