import { computed, type ComputedRef } from 'vue'
import { useAnalysesStore } from '../../stores/analyses.ts'

/** How long analyses of a kind took that are done, on average; null where none is. */
export function useUsualSeconds(kind: string): ComputedRef<number | null> {
  const store = useAnalysesStore()
  return computed(() => {
    const done = store.list.filter((analysis) => analysis.kind === kind && analysis.status === 'done')
    return done.length === 0 ? null : done.reduce((sum, { seconds }) => sum + seconds, 0) / done.length
  })
}
