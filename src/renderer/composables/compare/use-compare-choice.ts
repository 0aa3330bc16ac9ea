import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readChoice, writeChoice } from './choice.ts'
import type { CompareChoice } from './choice.ts'

export interface ChoiceInAddress {
  choice: ComputedRef<CompareChoice>
  /** Another set of runs is a step that the back button undoes; another reading of them is not. */
  change(changes: Partial<CompareChoice>): void
}

/** What the address says is compared, and how. */
export function useCompareChoice(): ChoiceInAddress {
  const [route, router] = [useRoute(), useRouter()]
  const choice = computed(() => readChoice(route.query))

  function change(changes: Partial<CompareChoice>): void {
    const query = writeChoice({ ...choice.value, ...changes })
    void router[changes.runs === undefined ? 'replace' : 'push']({ name: 'compare', query })
  }
  return { choice, change }
}
