import { computed, ref, type WritableComputedRef } from 'vue'

/** The position that the tab key stops at among several that arrows go between: one of them, also where some of them go away. */
export function useTabStop(count: () => number): WritableComputedRef<number> {
  const chosen = ref(0)
  const within = (position: number) => Math.max(0, Math.min(count() - 1, position))
  return computed({ get: () => within(chosen.value), set: (position) => (chosen.value = within(position)) })
}
