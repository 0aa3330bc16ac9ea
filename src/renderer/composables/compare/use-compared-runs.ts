import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRunsStore } from '../../stores/runs.ts'
import type { CompareChoice } from './choice.ts'
import { experimentsWithResults } from '../analyses/analysed-experiments.ts'
import { useAddressDefault } from '../use-address-default.ts'
import { comparedRuns } from './compared-runs.ts'
import type { ComparedRuns } from './compared-runs.ts'
import type { ComparisonQuery } from './use-comparison.ts'

/** What is compared: the runs that the address names; where it names none, the newest experiment with a result enters it. */
export function useComparedRuns(choice: ComputedRef<CompareChoice>): {
  runs: ComputedRef<ComparedRuns>
  /** What exports and questions ask about: every compared run that is done. Null while none is. */
  query: ComputedRef<ComparisonQuery | null>
} {
  const store = useRunsStore()
  const usual = computed(() => experimentsWithResults(store.list)[0]?.id ?? null)
  useAddressDefault('runs', () => usual.value)
  const references = computed(() => (choice.value.runs.length > 0 ? choice.value.runs : [usual.value ?? []].flat()))
  const runs = computed(() => comparedRuns(references.value, store.list))
  // As text, so that nothing is asked again while the same runs are done.
  const text = computed(() => {
    const ids = runs.value.done.map(({ id }) => id)
    return ids.length === 0 ? null : JSON.stringify(queryOf(ids, choice.value))
  })
  const query = computed(() => (text.value === null ? null : (JSON.parse(text.value) as ComparisonQuery)))
  return { runs, query }
}

function queryOf(runs: string[], { protocol, rule, reading, budgets }: CompareChoice): ComparisonQuery {
  return { runs, protocol, rule, reading, budgets: [...budgets] }
}
