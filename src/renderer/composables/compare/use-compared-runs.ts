import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRunsStore } from '../../stores/runs.ts'
import type { CompareChoice } from './choice.ts'
import { comparedRuns, newestExperiment } from './compared-runs.ts'
import type { ComparedRuns } from './compared-runs.ts'
import type { ComparisonQuery } from './use-comparison.ts'

/** What is compared: the runs that the address names, else those of the newest experiment with a result. */
export function useComparedRuns(choice: ComputedRef<CompareChoice>): {
  runs: ComputedRef<ComparedRuns>
  /** What exports and questions ask about: every compared run that is done. Null while none is. */
  query: ComputedRef<ComparisonQuery | null>
} {
  const store = useRunsStore()
  const references = computed(() => {
    const newest = choice.value.runs.length > 0 ? null : newestExperiment(store.list)
    return newest === null ? choice.value.runs : [newest]
  })
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
