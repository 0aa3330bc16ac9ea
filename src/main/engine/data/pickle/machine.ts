import type { Reader } from './reader.ts'

/** An array of unsigned bytes, row-major. */
export interface ByteArray {
  shape: number[]
  values: Uint8Array
}

/** Strings stay bytes (UTF-8 where Python 3 wrote them); a dict's keys become text. */
export type PickleValue = number | boolean | null | Uint8Array | PickleValue[] | Map<string, PickleValue> | ByteArray

/** What is on the stack while reading: values, marks, the few callables, arrays and types not yet filled in. */
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
