import { grouped } from '../../shared/format/numbers.ts'
import type { Item, Machine, PickleKind, PickleValue, Reader } from './machine.ts'
import { createMachine, createReader, isKind, latin1 } from './machine.ts'

export type { Item, Named, PickleKind, PickleValue } from './machine.ts'
export { isKind, latin1 } from './machine.ts'

const stop = 0x2e

/** Ten times those of CIFAR-100, or of a network with 20,000 arrays. Each may make a dict of some hundred bytes of memory. */
const mostOperations = 2_000_000

/**
 * Reads a pickle of protocol 2, 3 or 4, as Python 2 or 3 writes it: dicts, lists, strings, numbers, and the objects that `kind`
 * knows. Nothing in it is ever called. Throws the kind's refusal for anything else, and where it takes far more memory or time
 * than what it should hold.
 */
export function parsePickle(bytes: Uint8Array, kind: PickleKind): PickleValue {
  const reader = createReader(bytes, kind.refusal)
  const machine = { ...createMachine(kind, bytes.length), kind }
  for (let count = 0; count < mostOperations; count++) {
    const code = reader.byte()
    if (code === stop) return valueOf(machine)
    const operation = operations[code]
    if (!operation) throw kind.refusal(`operation 0x${code.toString(16)} at byte ${reader.position() - 1}`)
    operation(machine, reader)
  }
  throw kind.refusal(`it has more than ${grouped(String(mostOperations))} operations`)
}

type Running = Machine & { kind: PickleKind }

function valueOf({ pop, kind }: Running): PickleValue {
  const item = pop()
  const standIns = ['mark', ...Object.values(kind.callables)]
  if (standIns.some((each) => isKind(item, each))) throw kind.refusal('it contains no data')
  return item
}

/** Operations of protocols 2, 3 and 4 that occur in these files, by code. */
const operations: Record<number, (machine: Running, reader: Reader) => void> = {
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
  0x43: ({ push }, reader) => push(reader.take(reader.byte())), // SHORT_BINBYTES
  0x42: ({ push }, reader) => push(reader.take(reader.integer())), // BINBYTES
  0x58: ({ push }, reader) => push(reader.take(reader.integer())), // BINUNICODE
  0x8c: ({ push }, reader) => push(reader.take(reader.byte())), // SHORT_BINUNICODE
  0x95: (_, reader) => void reader.take(8), // FRAME
  0x94: ({ remember }) => remember(), // MEMOIZE
  0x71: ({ remember }, reader) => remember(reader.byte()), // BINPUT
  0x72: ({ remember }, reader) => remember(reader.integer()), // LONG_BINPUT
  0x68: ({ recall }, reader) => recall(reader.byte()), // BINGET
  0x6a: ({ recall }, reader) => recall(reader.integer()), // LONG_BINGET
  0x85: (machine) => pushTuple(machine, 1), // TUPLE1
  0x86: (machine) => pushTuple(machine, 2), // TUPLE2
  0x87: (machine) => pushTuple(machine, 3), // TUPLE3
  0x74: ({ push, popToMark }) => push(popToMark() as PickleValue[]), // TUPLE
  0x61: (machine) => append(machine, [machine.pop()]), // APPEND
  0x65: (machine) => append(machine, machine.popToMark()), // APPENDS
  0x73: (machine) => setItems(machine, [machine.pop(), machine.pop()].reverse()), // SETITEM
  0x75: (machine) => setItems(machine, machine.popToMark()), // SETITEMS
  0x47: ({ push }, reader) => push(reader.double()), // BINFLOAT
  0x8a: ({ push }, reader) => push(reader.long()), // LONG1
  0x63: (machine, reader) => pushNamed(machine, reader.line(), reader.line()), // GLOBAL
  0x93: pushNamedOnStack, // STACK_GLOBAL
  0x52: call, // REDUCE
  0x81: call, // NEWOBJ: an object of a class with arguments, which is as little made as a call is
  0x62: build, // BUILD
  0x51: pushOutside, // BINPERSID
}

function pushTuple({ push, pop }: Running, length: number): void {
  push(Array.from({ length }, () => pop()).reverse())
}

function append({ top, kind }: Running, items: Item[]): void {
  const list = top()
  if (!Array.isArray(list)) throw kind.refusal('a list is missing')
  for (const item of items) list.push(item)
}

function setItems({ top, kind }: Running, items: Item[]): void {
  const dictionary = top()
  if (!(dictionary instanceof Map)) throw kind.refusal('a dict is missing')
  for (let at = 0; at + 1 < items.length; at += 2) {
    const key = items[at]
    if (typeof key !== 'number' && !(key instanceof Uint8Array))
      throw kind.refusal('a dict has a key that is not a string')
    dictionary.set(typeof key === 'number' ? String(key) : latin1(key), items[at + 1]!)
  }
}

function pushNamed({ push, kind }: Running, module: string, name: string): void {
  const known = Object.hasOwn(kind.callables, `${module} ${name}`)
  if (!known) throw kind.refusal(`it calls ${module}.${name}, which is not allowed`)
  push({ kind: kind.callables[`${module} ${name}`]! })
}

/** Of the module and the name on the stack. */
function pushNamedOnStack(machine: Running): void {
  const [name, module] = [machine.pop(), machine.pop()]
  if (!(name instanceof Uint8Array) || !(module instanceof Uint8Array)) throw machine.kind.refusal('a name is missing')
  pushNamed(machine, latin1(module), latin1(name))
}

function call({ push, pop, handOver, kind }: Running): void {
  const [values, callable] = [handOver(pop()), pop()]
  const known = Object.values(kind.callables).find((name) => isKind(callable, name))
  if (known === undefined) throw kind.refusal('a call that is not known')
  push(kind.call({ kind: known }, values))
}

function build({ top, pop, handOver, kind }: Running): void {
  const state = handOver(pop())
  if (!kind.build) throw kind.refusal('an object that is not known')
  kind.build(top(), state)
}

function pushOutside({ push, pop, kind }: Running): void {
  if (!kind.outside) throw kind.refusal('it refers to what lies outside of it')
  push(kind.outside(pop()))
}
