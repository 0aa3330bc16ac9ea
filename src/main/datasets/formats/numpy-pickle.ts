import { ExitlabError } from '../../../shared/error.ts'
import { latin1Bytes } from '../../files/pickle/latin1-bytes.ts'
import { type Item, isKind, latin1, type Named, type PickleKind } from '../../files/pickle/pickle.ts'

/** An array of unsigned bytes, row-major. */
export interface ByteArray {
  shape: number[]
  values: Uint8Array
}

/**
 * Pickles as CIFAR is distributed in: dicts, lists, strings, numbers and numpy arrays of unsigned bytes, before and since numpy 2,
 * and the encoding that stands for bytes in protocol 2 of Python 3. Anything else is refused (`data`).
 */
export function numpyPickle(file: string): PickleKind {
  const refusal = (what: string) =>
    new ExitlabError(
      'data',
      `data.path: ${file} is not a pickle as CIFAR is distributed: ${what}. Replace it with the original file.`,
    )
  return {
    refusal,
    callables: {
      'numpy.core.multiarray _reconstruct': 'reconstruct',
      'numpy._core.multiarray _reconstruct': 'reconstruct',
      'numpy ndarray': 'ndarray',
      'numpy dtype': 'dtype-of',
      '_codecs encode': 'encode',
    },
    call: (callable, values) => called(callable, values, refusal),
    build: (item, state) => fillIn(item, state, refusal),
  }
}

type Refusal = PickleKind['refusal']

function called(callable: Named, values: Item, refusal: Refusal): Item {
  if (isKind(callable, 'reconstruct')) return { shape: [], values: new Uint8Array() }
  const type: unknown = Array.isArray(values) ? values[0] : null
  if (isKind(callable, 'encode') && type instanceof Uint8Array) return latin1Bytes(type, refusal)
  if (!isKind(callable, 'dtype-of') || !(type instanceof Uint8Array)) throw refusal('an unknown call')
  if (latin1(type) !== 'u1') throw refusal(`an array of type ${latin1(type)} where unsigned bytes (u1) were expected`)
  return { kind: 'dtype' }
}

/** Fills in an array: version, shape, type, whether column-major, bytes. A type of bytes has nothing to fill in. */
function fillIn(item: Item, state: Item, refusal: Refusal): void {
  if (isKind(item, 'dtype')) return
  if (!isByteArray(item) || !Array.isArray(state)) throw refusal('an object that is not a NumPy array')
  const [, shape, type, columnMajor, values] = state as [number, number[], Item, boolean, Uint8Array]
  const size = Array.isArray(shape) && shape.length <= 2 ? shape.reduce((product, length) => product * length, 1) : null
  if (!isKind(type, 'dtype') || !(values instanceof Uint8Array) || values.length !== size) {
    throw refusal('a NumPy array whose length does not match its shape')
  }
  Object.assign(item, { shape, values: columnMajor && shape.length > 1 ? transposed(values, shape[0]!) : values })
}

/** A column-major matrix as row-major. */
function transposed(values: Uint8Array, rows: number): Uint8Array {
  const columns = values.length / rows
  const result = new Uint8Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[row * columns + column] = values[column * rows + row]!
  }
  return result
}

export const isByteArray = (item: Item | undefined): item is ByteArray =>
  typeof item === 'object' && item !== null && 'shape' in item
