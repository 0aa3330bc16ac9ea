import { GraphProblem } from './problem.ts'

export type Shape = readonly number[]

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

/** Numbers of a value: more are in no memory. */
const mostNumbers = 2 ** 36

export const isPossible = (shape: Shape): boolean =>
  shape.every((size) => Number.isSafeInteger(size) && size >= 0) && sizeOf(shape) <= mostNumbers

/** Distance between neighbours along each axis, row-major. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1)
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!
  return strides
}

/** An axis from 0 on; negative ones count from the last. */
export function axisOf(axis: number, rank: number): number {
  const from = axis < 0 ? axis + rank : axis
  if (from < 0 || from >= rank) throw new GraphProblem(`axis ${axis} is none of ${rank}`)
  return from
}

/** The shape that arrays of these shapes have together, as NumPy broadcasts. */
export function broadcast(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map(({ length }) => length))
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)
    const size = sizes.find((each) => each !== 1) ?? 1
    if (sizes.some((each) => each !== 1 && each !== size))
      throw new GraphProblem(`shapes ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')} do not fit`)
    return size
  })
}
