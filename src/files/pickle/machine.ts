import type { ExitlabError } from '../../shared/basics/error.ts'

/** Names that pickles of one kind of file may contain. Nothing that a pickle names is called: names are recognised. */
export interface PickleKind {
  refusal(what: string): ExitlabError
  /** Classes and functions that are known, by `module name`. */
  callables: Readonly<Record<string, string>>
  /** The value of a call of a known name. */
  call(callable: Named, values: Item): Item
  /** Fills in the state of an object. */
  build?(item: Item, state: Item): void
  /** Content stored outside of the pickle, by its id. */
  outside?(id: Item): Item
}

/** A class or function that a pickle names, or another placeholder for a value. */
export interface Named {
  kind: string
}

/** Strings stay bytes (UTF-8 where Python 3 wrote them); a dict's keys become text. Objects are what their kind makes of them. */
export type PickleValue = number | boolean | null | Uint8Array | PickleValue[] | Map<string, PickleValue> | object

/** An item of the stack: a value, a mark, a stand-in. */
export type Item = PickleValue | Named

/** Reads a pickle's bytes one after the other. */
export type Reader = ReturnType<typeof createReader>

export function createReader(bytes: Uint8Array, refusal: PickleKind['refusal']) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const advance = (size: number) => {
    if (size < 0 || at + size > bytes.length) throw refusal(`it is truncated at byte ${bytes.length}`)
    at += size
    return at - size
  }
  const take = (size: number) => {
    const start = advance(size)
    return bytes.subarray(start, start + size)
  }
  return {
    take,
    position: () => at,
    byte: () => view.getUint8(advance(1)),
    short: () => view.getUint16(advance(2), true),
    integer: () => view.getInt32(advance(4), true),
    double: () => view.getFloat64(advance(8)),
    /** An integer of any length, little-endian in two's complement. */
    long() {
      const digits = take(view.getUint8(advance(1)))
      const magnitude = digits.reduceRight((sum, digit) => sum * 256n + BigInt(digit), 0n)
      return Number(BigInt.asIntN(8 * digits.length, magnitude))
    },
    line() {
      const end = bytes.indexOf(0x0a, at)
      const line = latin1(take(end < 0 ? bytes.length : end - at))
      advance(1)
      return line
    },
  }
}

/** Text of a short string. */
export const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 256))

/** Whether an item is the placeholder `kind`. */
export const isKind = (item: Item, kind: string): boolean =>
  typeof item === 'object' && item !== null && 'kind' in item && item.kind === kind

/** The stack and the memory that a pickle's operations work on. */
export type Machine = ReturnType<typeof createMachine>

/** Each of the values of a pickle is encoded once and then put into an array, in twice the bytes where they are not of ASCII. */
const handedOverPerByte = 4

/** `size`: bytes of the pickle. */
export function createMachine({ refusal }: Pick<PickleKind, 'refusal'>, size: number) {
  const stack: Item[] = []
  const memo = new Map<number, Item>()
  let room = handedOverPerByte * size
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
    /** Values that are copied, as those of a call are: those of a few bytes could be handed over until memory runs out. */
    handOver(values: Item) {
      room -= sizeOf(values)
      if (room < 0) throw refusal('it uses the same values again and again')
      return values
    },
    remember: (place = memo.size) => void memo.set(place, top()),
    recall(place: number) {
      const item = memo.get(place)
      if (item === undefined) throw refusal(`memo value ${place} is missing`)
      stack.push(item)
    },
  }
}

/** Bytes and items that the code of a call may go through. */
function sizeOf(item: Item): number {
  if (!Array.isArray(item)) return 1
  return item.reduce<number>(
    (sum, each) => sum + (each instanceof Uint8Array || Array.isArray(each) ? each.length : 1),
    0,
  )
}
