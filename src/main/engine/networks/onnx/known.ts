import { GraphProblem } from './problem.ts'
import { broadcast, sizeOf, stridesOf, type Shape } from './shapes.ts'

/** An array whose numbers are known before anything runs: shapes, indices, masks. A few functions of NumPy follow. */
export interface Known {
  shape: Shape
  data: ArrayLike<number>
}

/** Numbers of a known array. Masks of attention have some hundred thousand. */
const mostNumbers = 1 << 24

function checkSize(shape: Shape): void {
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 0))
    throw new GraphProblem(`no shape: [${shape.join()}]`)
  if (sizeOf(shape) > mostNumbers)
    throw new GraphProblem(`an array of ${sizeOf(shape)} numbers is computed from shapes`)
}

export function filled(shape: Shape, value: number): Known {
  checkSize(shape)
  return { shape, data: new Array<number>(sizeOf(shape)).fill(value) }
}

/** For each entry of an array of this shape in turn its position in one with these strides, from `start` on. */
function positions(shape: Shape, strides: readonly number[], start = 0): number[] {
  checkSize(shape)
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

const taken = ({ data }: Known, shape: Shape, from: readonly number[]): Known => ({
  shape,
  data: from.map((position) => data[position]!),
})

/** `f` of the entries of arrays that broadcast. */
export function elementwise(f: (...values: number[]) => number, ...arrays: readonly Known[]): Known {
  const shape = broadcast(...arrays.map((each) => each.shape))
  const all = arrays.map((each) => expanded(each, shape).data)
  return { shape, data: Array.from({ length: sizeOf(shape) }, (_, at) => f(...all.map((data) => data[at]!))) }
}

export function expanded(array: Known, shape: Shape): Known {
  const own = stridesOf(array.shape)
  const lead = shape.length - array.shape.length
  const strides = shape.map((_, axis) => (axis < lead || array.shape[axis - lead] === 1 ? 0 : own[axis - lead]!))
  return taken(array, shape, positions(shape, strides))
}

export function transposed(array: Known, order: readonly number[]): Known {
  const strides = stridesOf(array.shape)
  const shape = order.map((axis) => array.shape[axis]!)
  return taken(
    array,
    shape,
    positions(
      shape,
      order.map((axis) => strides[axis]!),
    ),
  )
}

export function sliced(array: Known, { start, step, shape }: { start: Shape; step: Shape; shape: Shape }): Known {
  const strides = stridesOf(array.shape)
  const first = start.reduce((sum, each, axis) => sum + each * strides[axis]!, 0)
  return taken(
    array,
    shape,
    positions(
      shape,
      strides.map((stride, axis) => stride * step[axis]!),
      first,
    ),
  )
}

export function concatenated(arrays: readonly Known[], axis: number): Known {
  const [first] = arrays
  const shape = first!.shape.with(
    axis,
    arrays.reduce((sum, each) => sum + each.shape[axis]!, 0),
  )
  checkSize(shape)
  const data: number[] = []
  for (let outer = 0; outer < sizeOf(first!.shape.slice(0, axis)); outer++) {
    for (const array of arrays) {
      const inner = sizeOf(array.shape.slice(axis))
      for (let at = 0; at < inner; at++) data.push(array.data[outer * inner + at]!)
    }
  }
  return { shape, data }
}

export function gathered(array: Known, indices: Known, axis: number): Known {
  const size = array.shape[axis]!
  const inner = sizeOf(array.shape.slice(axis + 1))
  const shape = [...array.shape.slice(0, axis), ...indices.shape, ...array.shape.slice(axis + 1)]
  checkSize(shape)
  const data: number[] = []
  for (let outer = 0; outer < sizeOf(array.shape.slice(0, axis)); outer++) {
    for (const index of Array.from(indices.data)) {
      const row = (outer * size + (index < 0 ? index + size : index)) * inner
      for (let at = 0; at < inner; at++) data.push(array.data[row + at]!)
    }
  }
  return { shape, data }
}

/** The array with `updates` at `indices`, of which the last axis counts along its first axes. */
export function scattered(array: Known, indices: Known, updates: Known): Known {
  const data = Array.from(array.data)
  const depth = indices.shape.at(-1)!
  const strides = stridesOf(array.shape)
  const inner = sizeOf(array.shape.slice(depth))
  for (let row = 0; row < sizeOf(indices.shape.slice(0, -1)); row++) {
    let at = 0
    for (let axis = 0; axis < depth; axis++) {
      const index = indices.data[row * depth + axis]!
      at += (index < 0 ? index + array.shape[axis]! : index) * strides[axis]!
    }
    for (let each = 0; each < inner; each++) data[at + each] = updates.data[row * inner + each]!
  }
  return { shape: array.shape, data }
}

/** At every place the entry whose position along one axis the indices give. */
export function gatheredElements(array: Known, indices: Known, axis: number): Known {
  const [strides, own] = [stridesOf(array.shape), stridesOf(indices.shape)]
  const size = array.shape[axis]!
  const data = Array.from(indices.data, (index, at) => {
    const place = (index < 0 ? index + size : index) * strides[axis]!
    const others = own.map((stride, each) =>
      each === axis ? 0 : (Math.floor(at / stride) % indices.shape[each]!) * strides[each]!,
    )
    return array.data[others.reduce((sum, each) => sum + each, place)]!
  })
  return { shape: indices.shape, data }
}
