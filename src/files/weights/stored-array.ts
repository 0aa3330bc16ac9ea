import type { ElementType } from './element-types.ts'

/** An array in a file of weights. */
export interface StoredArray {
  shape: readonly number[]
  /** PyTorch's name of its type. */
  type: string
  /** Row-major, as float32; null where it holds no floating-point numbers. */
  values: (() => Float32Array) | null
}

/** Location of an array's values. */
interface Placed {
  type: ElementType
  shape: readonly number[]
  /** Little-endian numbers, of which the array's are some. */
  bytes: Uint8Array
  /** Distance between neighbours along each axis, in numbers; default: row-major. */
  strides?: readonly number[]
  /** Of the first number. */
  offset?: number
}

export function storedArray(placed: Placed): StoredArray {
  const { type, shape, bytes } = placed
  const { floats } = type
  if (floats === null) return { shape, type: type.name, values: null }
  return {
    shape,
    type: type.name,
    values() {
      const { offset = 0, strides } = placed
      if (strides && !isRowMajor(shape, strides)) {
        // Such as a transposed matrix.
        return gathered(floats(copyOf(bytes)), { shape, strides, offset })
      }
      return floats(copyOf(bytes.subarray(offset * type.size, (offset + countOf(shape)) * type.size)))
    },
  }
}

/** Not sliced: Node's Buffer only pretends to copy there. */
const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false
    expected *= shape[axis]!
  }
  return true
}

/** A strided view of stored numbers. */
interface View {
  shape: readonly number[]
  strides: readonly number[]
  offset: number
}

export const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** Stored numbers that a view needs: the index of its last number + 1, or 0 for an empty view. */
export function numbersNeeded({ shape, strides, offset }: View): number {
  if (countOf(shape) === 0) return 0
  return shape.reduce((last, size, axis) => last + (size - 1) * strides[axis]!, offset) + 1
}

function gathered(storage: Float32Array, { shape, strides, offset }: View): Float32Array {
  const values = new Float32Array(countOf(shape))
  const index = shape.map(() => 0)
  let from = offset
  for (let at = 0; at < values.length; at++) {
    values[at] = storage[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return values
}
