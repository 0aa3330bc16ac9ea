import type { ElementType } from './element-types.ts'

/** An array in a file of weights. */
export interface StoredArray {
  shape: readonly number[]
  /** PyTorch's name of its type. */
  type: string
  /** Row-major, as float32; null where it holds no floating-point numbers. */
  values: (() => Float32Array) | null
}

/** Where the numbers of an array lie. */
export interface Placed {
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
      const count = shape.reduce((product, size) => product * size, 1)
      if (strides && !isRowMajor(shape, strides)) {
        // Of a view, such as a matrix that was transposed.
        return gathered(floats(copyOf(bytes)), { shape, strides, offset, count })
      }
      return floats(copyOf(bytes.subarray(offset * type.size, (offset + count) * type.size)))
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

interface View {
  shape: readonly number[]
  strides: readonly number[]
  offset: number
  count: number
}

function gathered(storage: Float32Array, { shape, strides, offset, count }: View): Float32Array {
  const values = new Float32Array(count)
  const index = shape.map(() => 0)
  let from = offset
  for (let at = 0; at < count; at++) {
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
