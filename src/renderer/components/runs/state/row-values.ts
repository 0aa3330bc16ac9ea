import { computed, type ComputedRef } from 'vue'
import { validationAccuracies, type ExitAccuracy } from '../facts.ts'
import type { TableState } from './table-state.ts'

export interface RowValues {
  /** Accuracies (0…1) that rows are measured against. */
  baseline: ComputedRef<{ validation: number | null; test: number | null }>
  /** Accuracies at the foot and the head of every sparkline. */
  range: ComputedRef<readonly [number, number]>
  /** Run id → its place in the queue, from 1. */
  places: ComputedRef<ReadonlyMap<string, number>>
}

/** What all rows are given alike. It stays the same object while its numbers do, so that a row is drawn again only when it changes. */
export function useRowValues({ matching, pinned, queue }: TableState): RowValues {
  return {
    baseline: computed((before?: { validation: number | null; test: number | null }) => {
      const summary = pinned.value?.summary
      const [validation, test] = [summary?.validation?.mean ?? null, summary?.test?.mean ?? null]
      return before?.validation === validation && before.test === test ? before : { validation, test }
    }),
    range: computed((before?: readonly [number, number]) => {
      const [low, high] = accuracyRange(matching.value.map(validationAccuracies))
      return before?.[0] === low && before[1] === high ? before : [low, high]
    }),
    places: computed(() => new Map(queue.value.map((id, index) => [id, index + 1]))),
  }
}

/** The range of all accuracies, in steps of 5 %. */
export function accuracyRange(accuracies: Iterable<readonly ExitAccuracy[]>): [number, number] {
  let [low, high] = [1, 0]
  for (const each of accuracies) {
    for (const { accuracy } of each) {
      low = Math.min(low, accuracy)
      high = Math.max(high, accuracy)
    }
  }
  return low > high ? [0, 1] : [Math.floor(low * 20) / 20, Math.ceil(high * 20) / 20]
}
