import type { Value } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { sizeOf, stridesOf, type Shape } from '../graph/shapes.ts'

/** A value whose numbers are known before anything runs: shapes, indices, masks. A few functions of NumPy follow. */
export type Known = Value & Required<Pick<Value, 'known'>>

export const isKnown = (value: Value | undefined): value is Known => value?.known !== undefined

/** Numbers of a known value. Masks of attention have some hundred thousand. */
const mostNumbers = 1 << 24

/** @throws GraphProblem where a shape is none, or has more numbers than are computed. */
export function checkSize(shape: Shape): void {
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 0))
    throw new GraphProblem(`no shape: [${shape.join()}]`)
  if (sizeOf(shape) > mostNumbers)
    throw new GraphProblem(`an array of ${sizeOf(shape)} numbers is computed from shapes`)
}

export function filled(shape: Shape, value: number): number[] {
  checkSize(shape)
  return new Array<number>(sizeOf(shape)).fill(value)
}

/** For each entry of an array of this shape in turn its position in one with these strides, from `start` on. */
function positions(shape: Shape, strides: readonly number[], start = 0): number[] {
  const all = new Array<number>(sizeOf(shape))
  const index = shape.map(() => 0)
  let from = start
  for (let at = 0; at < all.length; at++) {
    all[at] = from
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return all
}

/** Negative indices count from the end. */
const fromStart = (index: number, size: number) => (index < 0 ? index + size : index)

const taken = ({ known }: Known, from: readonly number[]): number[] => from.map((position) => known[position]!)

/** `f` of the entries of arrays that broadcast to a shape. */
export function elementwise(f: (...values: number[]) => number, arrays: readonly Known[], shape: Shape): number[] {
  const all = arrays.map((each) => expanded(each, shape))
  return Array.from({ length: sizeOf(shape) }, (_, at) => f(...all.map((numbers) => numbers[at]!)))
}

export function expanded(array: Known, shape: Shape): number[] {
  const own = stridesOf(array.shape)
  const lead = shape.length - array.shape.length
  const strides = shape.map((_, axis) => (axis < lead || array.shape[axis - lead] === 1 ? 0 : own[axis - lead]!))
  return taken(array, positions(shape, strides))
}

export function transposed(array: Known, order: readonly number[]): number[] {
  const strides = stridesOf(array.shape)
  const [shape, own] = [array.shape, strides].map((each) => order.map((axis) => each[axis]!))
  return taken(array, positions(shape!, own!))
}

export function sliced(array: Known, { start, step, shape }: { start: Shape; step: Shape; shape: Shape }): number[] {
  const strides = stridesOf(array.shape)
  const first = start.reduce((sum, each, axis) => sum + each * strides[axis]!, 0)
  const own = strides.map((stride, axis) => stride * step[axis]!)
  return taken(array, positions(shape, own, first))
}

export function concatenated(arrays: readonly Known[], axis: number): number[] {
  const numbers: number[] = []
  for (let outer = 0; outer < sizeOf(arrays[0]!.shape.slice(0, axis)); outer++) {
    for (const { shape, known } of arrays) {
      const inner = sizeOf(shape.slice(axis))
      for (let at = 0; at < inner; at++) numbers.push(known[outer * inner + at]!)
    }
  }
  return numbers
}

export function gathered({ shape, known }: Known, indices: Known, axis: number): number[] {
  const size = shape[axis]!
  const inner = sizeOf(shape.slice(axis + 1))
  const numbers: number[] = []
  for (let outer = 0; outer < sizeOf(shape.slice(0, axis)); outer++) {
    for (const index of Array.from(indices.known)) {
      const row = (outer * size + fromStart(index, size)) * inner
      for (let at = 0; at < inner; at++) numbers.push(known[row + at]!)
    }
  }
  return numbers
}

/** The array with `updates` at `indices`, of which the last axis counts along its first axes. */
export function scattered({ shape, known }: Known, indices: Known, updates: Known): number[] {
  const numbers = Array.from(known)
  const strides = stridesOf(shape).slice(0, indices.shape.at(-1))
  const inner = sizeOf(shape.slice(strides.length))
  for (let row = 0; row < sizeOf(indices.shape.slice(0, -1)); row++) {
    const indexOf = (axis: number) => fromStart(indices.known[row * strides.length + axis]!, shape[axis]!)
    const at = strides.reduce((sum, stride, axis) => sum + indexOf(axis) * stride, 0)
    for (let each = 0; each < inner; each++) numbers[at + each] = updates.known[row * inner + each]!
  }
  return numbers
}

/** At every place the entry whose position along one axis the indices give. */
export function gatheredElements({ shape, known }: Known, indices: Known, axis: number): number[] {
  const strides = stridesOf(shape)
  const lines = positions(indices.shape, strides.with(axis, 0))
  return Array.from(indices.known, (index, at) => known[lines[at]! + fromStart(index, shape[axis]!) * strides[axis]!]!)
}
