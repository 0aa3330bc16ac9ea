import { computed, type ComputedRef } from 'vue'

/** A value that stays the same object as long as it says the same as JSON, so that nothing is asked for again that is known. */
export function steady<T>(value: () => T): ComputedRef<T> {
  return computed<T>((before) => {
    const now = value()
    return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
  })
}
