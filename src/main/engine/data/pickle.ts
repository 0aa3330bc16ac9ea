import { ExitlabError } from '../../../shared/error.ts'

/** An array of unsigned bytes, row-major. */
export interface ByteArray {
  shape: number[]
  values: Uint8Array
}

/** Strings of Python 2 stay bytes; a dict's keys become text. */
export type PickleValue = number | boolean | null | Uint8Array | PickleValue[] | Map<string, PickleValue> | ByteArray

/** What is on the stack while reading: values, marks, the few callables, arrays and types not yet filled in. */
type Item = PickleValue | Callable | { kind: 'mark' | 'dtype' }

interface Callable {
  kind: 'reconstruct' | 'ndarray' | 'dtype-of'
}

const callables: Record<string, Callable['kind']> = {
  'numpy.core.multiarray _reconstruct': 'reconstruct',
  'numpy ndarray': 'ndarray',
  'numpy dtype': 'dtype-of',
}

/**
 * Reads a pickle as Python 2 writes it with protocol 2: dicts, lists, strings, numbers and numpy arrays of unsigned bytes,
 * which is all that the CIFAR files have. Nothing in it is ever called: numpy's constructors are recognised by name.
 * @throws ExitlabError `data` for anything else.
 */
export function parsePickle(bytes: Uint8Array, file: string): PickleValue {
  const reader = createReader(bytes, file)
  const machine = createMachine(reader)
  for (;;) {
    const code = reader.byte()
    if (code === stop) return machine.value()
    const operation = operations[code]
    if (!operation) throw reader.refusal(`operation 0x${code.toString(16)} at byte ${reader.position() - 1}`)
    operation(machine, reader)
  }
}

type Reader = ReturnType<typeof createReader>
type Machine = ReturnType<typeof createMachine>

function createReader(bytes: Uint8Array, file: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const refusal = (what: string) =>
    new ExitlabError(
      'data',
      `data.path: ${file} is no pickle of the kind that CIFAR is distributed in: ${what}. Put the original file in its place.`,
    )
  const advance = (size: number) => {
    if (size < 0 || at + size > bytes.length) throw refusal(`it ends at byte ${bytes.length}, in the middle of a value`)
    at += size
    return at - size
  }
  const take = (size: number) => {
    const start = advance(size)
    return bytes.subarray(start, start + size)
  }
  return {
    refusal,
    take,
    position: () => at,
    byte: () => view.getUint8(advance(1)),
    short: () => view.getUint16(advance(2), true),
    integer: () => view.getInt32(advance(4), true),
    line() {
      const end = bytes.indexOf(0x0a, at)
      const line = latin1(take(end < 0 ? bytes.length : end - at))
      advance(1)
      return line
    },
  }
}

function createMachine({ refusal }: Reader) {
  const stack: Item[] = []
  const memo = new Map<number, Item>()
  const pop = (): Item => {
    const item = stack.pop()
    if (item === undefined) throw refusal('a value is missing')
    return item
  }
  const top = () => {
    const item = pop()
    stack.push(item)
    return item
  }
  return {
    pop,
    top,
    push: (item: Item) => void stack.push(item),
    /** All above the last mark, which goes too. */
    popToMark() {
      const mark = stack.findLastIndex((item) => isKind(item, 'mark'))
      if (mark < 0) throw refusal('a mark is missing')
      return stack.splice(mark).slice(1)
    },
    remember: (place: number) => void memo.set(place, top()),
    recall(place: number) {
      const item = memo.get(place)
      if (item === undefined) throw refusal(`value ${place} was never kept`)
      stack.push(item)
    },
    value() {
      const item = pop()
      if (typeof item === 'object' && item !== null && 'kind' in item) throw refusal('it holds no data')
      return item
    },
  }
}

const stop = 0x2e

/** The operations of protocol 2 that those files use, by their code. */
const operations: Record<number, (machine: Machine, reader: Reader) => void> = {
  0x80: (_, reader) => void reader.byte(), // PROTO
  0x28: ({ push }) => push({ kind: 'mark' }), // MARK
  0x7d: ({ push }) => push(new Map<string, PickleValue>()), // EMPTY_DICT
  0x5d: ({ push }) => push([]), // EMPTY_LIST
  0x29: ({ push }) => push([]), // EMPTY_TUPLE
  0x4e: ({ push }) => push(null), // NONE
  0x88: ({ push }) => push(true), // NEWTRUE
  0x89: ({ push }) => push(false), // NEWFALSE
  0x4b: ({ push }, reader) => push(reader.byte()), // BININT1
  0x4d: ({ push }, reader) => push(reader.short()), // BININT2
  0x4a: ({ push }, reader) => push(reader.integer()), // BININT
  0x55: ({ push }, reader) => push(reader.take(reader.byte())), // SHORT_BINSTRING
  0x54: ({ push }, reader) => push(reader.take(reader.integer())), // BINSTRING
  0x71: ({ remember }, reader) => remember(reader.byte()), // BINPUT
  0x72: ({ remember }, reader) => remember(reader.integer()), // LONG_BINPUT
  0x68: ({ recall }, reader) => recall(reader.byte()), // BINGET
  0x6a: ({ recall }, reader) => recall(reader.integer()), // LONG_BINGET
  0x85: (machine) => pushTuple(machine, 1), // TUPLE1
  0x86: (machine) => pushTuple(machine, 2), // TUPLE2
  0x87: (machine) => pushTuple(machine, 3), // TUPLE3
  0x74: ({ push, popToMark }) => push(popToMark() as PickleValue[]), // TUPLE
  0x61: (machine, reader) => append(machine, reader, [machine.pop()]), // APPEND
  0x65: (machine, reader) => append(machine, reader, machine.popToMark()), // APPENDS
  0x73: (machine, reader) => setItems(machine, reader, [machine.pop(), machine.pop()].reverse()), // SETITEM
  0x75: (machine, reader) => setItems(machine, reader, machine.popToMark()), // SETITEMS
  0x63: pushCallable, // GLOBAL
  0x52: reduce, // REDUCE
  0x62: build, // BUILD
}

function pushTuple({ push, pop }: Machine, length: number): void {
  push(Array.from({ length }, () => pop() as PickleValue).reverse())
}

function append({ top }: Machine, { refusal }: Reader, items: Item[]): void {
  const list = top()
  if (!Array.isArray(list)) throw refusal('a list is missing')
  for (const item of items) list.push(item as PickleValue)
}

function setItems({ top }: Machine, { refusal }: Reader, items: Item[]): void {
  const dictionary = top()
  if (!(dictionary instanceof Map)) throw refusal('a dict is missing')
  for (let at = 0; at + 1 < items.length; at += 2) {
    const key = items[at]
    if (!(key instanceof Uint8Array)) throw refusal('a dict has a key that is no string')
    dictionary.set(latin1(key), items[at + 1] as PickleValue)
  }
}

function pushCallable({ push }: Machine, reader: Reader): void {
  const name = `${reader.line()} ${reader.line()}`
  const kind = callables[name]
  if (!kind) throw reader.refusal(`it asks for ${name.replace(' ', '.')}, which is not called`)
  push({ kind })
}

function reduce({ push, pop }: Machine, { refusal }: Reader): void {
  const [values, callable] = [pop(), pop()]
  if (isKind(callable, 'reconstruct')) return push({ shape: [], values: new Uint8Array() })
  const type = Array.isArray(values) ? values[0] : null
  if (!isKind(callable, 'dtype-of') || !(type instanceof Uint8Array)) throw refusal('a call that is not known')
  if (latin1(type) !== 'u1') throw refusal(`an array of type ${latin1(type)} where unsigned bytes (u1) were expected`)
  push({ kind: 'dtype' })
}

/** Fills in an array: version, shape, type, whether column-major, bytes. A type of bytes has nothing to fill in. */
function build({ top, pop }: Machine, { refusal }: Reader): void {
  const state = pop()
  const item = top()
  if (isKind(item, 'dtype')) return
  if (!isArray(item) || !Array.isArray(state)) throw refusal('an object that is no numpy array')
  const [, shape, type, columnMajor, values] = state as [number, number[], Item, boolean, Uint8Array]
  const size = Array.isArray(shape) ? shape.reduce((product, length) => product * length, 1) : null
  if (!isKind(type, 'dtype') || !(values instanceof Uint8Array) || values.length !== size || columnMajor !== false) {
    throw refusal('a numpy array that is not row-major or not as long as its shape says')
  }
  Object.assign(item, { shape, values })
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 256))

const isKind = (item: Item, kind: Callable['kind'] | 'mark' | 'dtype') =>
  typeof item === 'object' && item !== null && 'kind' in item && item.kind === kind

const isArray = (item: Item): item is ByteArray => typeof item === 'object' && item !== null && 'shape' in item
