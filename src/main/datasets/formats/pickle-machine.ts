import { ExitlabError } from '../../../shared/error.ts'

/** Reads a pickle's bytes one after the other; refuses with the name of its file. */
export type Reader = ReturnType<typeof createReader>

export function createReader(bytes: Uint8Array, file: string) {
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

/** Text of a short string. */
export const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 256))

/** An array of unsigned bytes, row-major. */
export interface ByteArray {
  shape: number[]
  values: Uint8Array
}

/** Strings stay bytes (UTF-8 where Python 3 wrote them); a dict's keys become text. */
export type PickleValue = number | boolean | null | Uint8Array | PickleValue[] | Map<string, PickleValue> | ByteArray

/** Items of the stack: values, marks, the few callables, arrays and types not yet filled in. */
export type Item = PickleValue | Callable | { kind: 'mark' | 'dtype' }

export interface Callable {
  kind: 'reconstruct' | 'ndarray' | 'dtype-of' | 'encode'
}

export const isKind = (item: Item, kind: Callable['kind'] | 'mark' | 'dtype') =>
  typeof item === 'object' && item !== null && 'kind' in item && item.kind === kind

/** The stack and the memory that a pickle's operations work on. */
export type Machine = ReturnType<typeof createMachine>

export function createMachine({ refusal }: Reader) {
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
    remember: (place = memo.size) => void memo.set(place, top()),
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
