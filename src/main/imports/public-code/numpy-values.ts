import { latin1Bytes } from '../../files/pickle/latin1-bytes.ts'
import { numberTypes, type NumberType } from '../number-types.ts'
import { isKind, latin1, type Item, type Named, type PickleKind } from '../../files/pickle/pickle.ts'

type Refusal = PickleKind['refusal']

/** What NumPy's numbers and arrays are pickled with, before and since NumPy 2. */
export const numpyCallables: PickleKind['callables'] = {
  'numpy.core.multiarray scalar': 'numpy-scalar',
  'numpy._core.multiarray scalar': 'numpy-scalar',
  'numpy.core.multiarray _reconstruct': 'numpy-array',
  'numpy._core.multiarray _reconstruct': 'numpy-array',
  'numpy ndarray': 'numpy-class',
  'numpy dtype': 'numpy-type',
  '_codecs encode': 'encode',
}

/** By NumPy's codes. */
const types: Readonly<Record<string, NumberType>> = {
  f8: numberTypes.float64,
  f4: numberTypes.float32,
  f2: numberTypes.float16,
  i8: numberTypes.int64,
  i4: numberTypes.int32,
  u8: numberTypes.uint64,
  u4: numberTypes.uint32,
}

class NumpyType {
  readonly code: string
  isBigEndian = false

  constructor(code: string) {
    this.code = code
  }
}

/** A list of numbers, or a single one. */
export class NumpyArray {
  values: number[] = []
}

/** What a call of one of `numpyCallables` stands for. */
export function numpyOf(callable: Named, values: Item[], refusal: Refusal): Item {
  const [first, second] = values
  if (isKind(callable, 'encode') && first instanceof Uint8Array) return latin1Bytes(first, refusal)
  if (isKind(callable, 'numpy-type') && first instanceof Uint8Array) return new NumpyType(latin1(first))
  if (isKind(callable, 'numpy-array')) return new NumpyArray()
  if (isKind(callable, 'numpy-scalar') && first instanceof NumpyType && second instanceof Uint8Array)
    return numbersOf(first, second, refusal)[0] ?? NaN
  throw refusal('a call that is not known')
}

/** Fills in a type or an array. @returns whether it was one. */
export function buildNumpy(item: Item, state: Item, refusal: Refusal): boolean {
  const values: Item[] = Array.isArray(state) ? state : []
  if (item instanceof NumpyType) {
    item.isBigEndian = values[1] instanceof Uint8Array && latin1(values[1]) === '>'
    return true
  }
  if (!(item instanceof NumpyArray)) return false
  // Version, shape, type, whether column-major, bytes.
  const [, shape, type, , bytes] = values
  const isList = Array.isArray(shape) && shape.length <= 1
  if (!isList || !(type instanceof NumpyType) || !(bytes instanceof Uint8Array))
    throw refusal('a NumPy array that is no list of numbers')
  item.values = numbersOf(type, bytes, refusal)
  if (item.values.length !== (shape[0] ?? 1)) throw refusal('a NumPy array whose length does not match its shape')
  return true
}

function numbersOf({ code, isBigEndian }: NumpyType, bytes: Uint8Array, refusal: Refusal): number[] {
  const type = types[code]
  if (!type || isBigEndian || bytes.length % type.bytes !== 0)
    throw refusal(`NumPy numbers of type ${isBigEndian ? '>' : ''}${code}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / type.bytes }, (_, i) => type.read(view, i * type.bytes))
}
