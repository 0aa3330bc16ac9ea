import type { ByteArray, Callable, Item, Machine, Reader } from './pickle-machine.ts'
import { isKind, latin1 } from './pickle-machine.ts'

/** What numpy's arrays of unsigned bytes are put together from, before and since its version 2; bytes in protocol 2 of Python 3. */
const callables: Record<string, Callable['kind']> = {
  'numpy.core.multiarray _reconstruct': 'reconstruct',
  'numpy._core.multiarray _reconstruct': 'reconstruct',
  'numpy ndarray': 'ndarray',
  'numpy dtype': 'dtype-of',
  '_codecs encode': 'encode',
}

/** Of the module and the name that follow as lines. */
export function pushCallable({ push }: Machine, reader: Reader): void {
  push(callableOf(reader.line(), reader.line(), reader))
}

/** Of the module and the name on the stack. */
export function pushNamed({ push, pop }: Machine, reader: Reader): void {
  const [name, module] = [pop(), pop()]
  if (!(name instanceof Uint8Array) || !(module instanceof Uint8Array)) throw reader.refusal('a name is missing')
  push(callableOf(latin1(module), latin1(name), reader))
}

function callableOf(module: string, name: string, { refusal }: Reader): Callable {
  const kind = callables[`${module} ${name}`]
  if (!kind) throw refusal(`it asks for ${module}.${name}, which is not called`)
  return { kind }
}

export function reduce({ push, pop }: Machine, { refusal }: Reader): void {
  const [values, callable] = [pop(), pop()]
  if (isKind(callable, 'reconstruct')) return push({ shape: [], values: new Uint8Array() })
  const type = Array.isArray(values) ? values[0] : null
  if (isKind(callable, 'encode') && type instanceof Uint8Array) return push(latin1Bytes(type, refusal))
  if (!isKind(callable, 'dtype-of') || !(type instanceof Uint8Array)) throw refusal('a call that is not known')
  if (latin1(type) !== 'u1') throw refusal(`an array of type ${latin1(type)} where unsigned bytes (u1) were expected`)
  push({ kind: 'dtype' })
}

/** Bytes that were written as UTF-8 text of the characters 0 to 255. */
function latin1Bytes(text: Uint8Array, refusal: Reader['refusal']): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const first = text[at]!
    if (first > 0xc3) throw refusal('bytes with a character beyond 255')
    bytes[length++] = first < 0x80 ? first : ((first & 3) << 6) | (text[++at]! & 0x3f)
  }
  return bytes.subarray(0, length)
}

/** Fills in an array: version, shape, type, whether column-major, bytes. A type of bytes has nothing to fill in. */
export function build({ top, pop }: Machine, { refusal }: Reader): void {
  const state = pop()
  const item = top()
  if (isKind(item, 'dtype')) return
  if (!isArray(item) || !Array.isArray(state)) throw refusal('an object that is no numpy array')
  const [, shape, type, columnMajor, values] = state as [number, number[], Item, boolean, Uint8Array]
  const size = Array.isArray(shape) && shape.length <= 2 ? shape.reduce((product, length) => product * length, 1) : null
  if (!isKind(type, 'dtype') || !(values instanceof Uint8Array) || values.length !== size) {
    throw refusal('a numpy array that is not as long as its shape says')
  }
  Object.assign(item, { shape, values: columnMajor && shape.length > 1 ? transposed(values, shape[0]!) : values })
}

/** Row by row what was stored column by column; of a matrix. */
function transposed(values: Uint8Array, rows: number): Uint8Array {
  const columns = values.length / rows
  const result = new Uint8Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[row * columns + column] = values[column * rows + row]!
  }
  return result
}

const isArray = (item: Item): item is ByteArray => typeof item === 'object' && item !== null && 'shape' in item
