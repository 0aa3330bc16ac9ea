import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { useAddress } from '../use-address.ts'
import { choiceChanges, readChoice } from './choice.ts'
import type { CompareChoice } from './choice.ts'

export interface ChoiceInAddress {
  choice: ComputedRef<CompareChoice>
  /** Other runs or another tab are a step that the back button undoes; another reading of them is not. */
  change(changes: Partial<CompareChoice>): void
}

/** What the address says is compared, and how. What a tab keeps there besides stays. */
export function useCompareChoice(): ChoiceInAddress {
  const route = useRoute()
  const address = useAddress()
  const choice = computed(() => readChoice(route.query))

  function change(changes: Partial<CompareChoice>): void {
    const step = changes.runs !== undefined || changes.tab !== undefined
    address.change(choiceChanges(choice.value, changes), { step })
  }
  return { choice, change }
}
