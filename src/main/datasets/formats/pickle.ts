import { build, pushCallable, pushNamed, reduce } from './numpy-pickle.ts'
import type { Item, Machine, PickleValue, Reader } from './pickle-machine.ts'
import { createMachine, createReader, latin1 } from './pickle-machine.ts'

export type { PickleValue } from './pickle-machine.ts'

const stop = 0x2e

/**
 * Reads a pickle of protocol 2, 3 or 4, as Python 2 or 3 writes it: dicts, lists, strings, numbers and numpy arrays of unsigned bytes,
 * which is all that the CIFAR files have. Nothing in it is ever called: numpy's constructors, and the encoding that stands for
 * bytes in protocol 2, are recognised by name.
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

/** The operations of protocols 2, 3 and 4 that those files use, by their code. */
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
  0x61: (machine, reader) => append(machine, reader, [machine.pop()]), // APPEND
  0x65: (machine, reader) => append(machine, reader, machine.popToMark()), // APPENDS
  0x73: (machine, reader) => setItems(machine, reader, [machine.pop(), machine.pop()].reverse()), // SETITEM
  0x75: (machine, reader) => setItems(machine, reader, machine.popToMark()), // SETITEMS
  0x63: pushCallable, // GLOBAL
  0x93: pushNamed, // STACK_GLOBAL
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
