import { latin1Bytes } from './latin1-bytes.ts'
import { isKind, latin1, type Item, type Named, type PickleKind } from './pickle.ts'

type Refusal = PickleKind['refusal']

/** What NumPy's numbers and arrays are pickled with, before and since NumPy 2, and the encoding that stands for bytes in protocol 2 of Python 3. */
export const numpyCallables: PickleKind['callables'] = {
  'numpy.core.multiarray scalar': 'numpy-scalar',
  'numpy._core.multiarray scalar': 'numpy-scalar',
  'numpy.core.multiarray _reconstruct': 'numpy-array',
  'numpy._core.multiarray _reconstruct': 'numpy-array',
  'numpy ndarray': 'numpy-class',
  'numpy dtype': 'numpy-type',
  '_codecs encode': 'encode',
}

/** A type of numbers by NumPy's code: `u1`, `f4`. */
class NumpyType {
  readonly code: string
  isBigEndian = false

  constructor(code: string) {
    this.code = code
  }
}

/** An array, row-major; a single number has no axes. */
export class NumpyArray {
  shape: readonly number[] = []
  type = new NumpyType('')
  bytes = new Uint8Array()
}

/** What a call of one of `numpyCallables` stands for. */
export function numpyOf(callable: Named, values: Item, refusal: Refusal): Item {
  const [first, second] = Array.isArray(values) ? (values as Item[]) : []
  if (isKind(callable, 'encode') && first instanceof Uint8Array) return latin1Bytes(first, refusal)
  if (isKind(callable, 'numpy-type') && first instanceof Uint8Array) return new NumpyType(latin1(first))
  if (isKind(callable, 'numpy-array')) return new NumpyArray()
  if (isKind(callable, 'numpy-scalar') && first instanceof NumpyType && second instanceof Uint8Array)
    return Object.assign(new NumpyArray(), { type: first, bytes: second })
  throw refusal('a call that is not known')
}

/** Fills in a type or an array. @returns whether it was one. */
export function buildNumpy(item: Item, state: Item, refusal: Refusal): boolean {
  // Of an array: version, shape, type, whether column-major, bytes.
  const [, second, type, isColumnMajor, bytes] = Array.isArray(state) ? (state as Item[]) : []
  if (item instanceof NumpyType) {
    item.isBigEndian = second instanceof Uint8Array && latin1(second) === '>'
    return true
  }
  if (!(item instanceof NumpyArray)) return false
  const shape = Array.isArray(second) && second.length <= 2 ? (second as number[]) : null
  if (shape === null || !(type instanceof NumpyType) || !(bytes instanceof Uint8Array))
    throw refusal('a NumPy array that is no list or table of numbers')
  const size = Number(type.code.slice(1))
  if (bytes.length !== shape.reduce((product, length) => product * length, size))
    throw refusal('a NumPy array whose length does not match its shape')
  const [rows, columns] = shape
  const isTurned = Boolean(isColumnMajor) && columns !== undefined
  Object.assign(item, { shape, type, bytes: isTurned ? rowMajor(bytes, { rows: rows!, columns, size }) : bytes })
  return true
}

/** A column-major matrix as row-major. */
function rowMajor(bytes: Uint8Array, { rows, columns, size }: Record<'rows' | 'columns' | 'size', number>): Uint8Array {
  const result = new Uint8Array(bytes.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [from, to] = [(column * rows + row) * size, (row * columns + column) * size]
      for (let at = 0; at < size; at++) result[to + at] = bytes[from + at]!
    }
  }
  return result
}
