import { computed, ref, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { useRunsStore } from '../stores/runs.ts'
import { experimentsWithResults } from './analyses/analysed-experiments.ts'
import type { AnalysedExperiment } from './analyses/analysed-experiments.ts'

export interface NewerResults {
  /** The newest experiment with a result, where its first came while the screen was open and it is not shown. */
  newer: ComputedRef<AnalysedExperiment | null>
  dismiss(): void
}

/** Whether there is something newer than what a screen shows: ids of experiments. */
export function useNewerResults(shown: () => ReadonlySet<string>): NewerResults {
  const store = useRunsStore()
  const newest = computed(() => experimentsWithResults(store.list)[0] ?? null)
  /** When the newest was created that was there already, or that nobody wanted to see. */
  const seenAt = ref(-Infinity)
  const dismiss = () => (seenAt.value = newest.value?.createdAt ?? -Infinity)
  watch(() => store.loaded, dismiss, { immediate: true })
  const newer = computed(() => {
    if (!store.loaded || newest.value === null || newest.value.createdAt <= seenAt.value) return null
    return shown().has(newest.value.id) ? null : newest.value
  })
  return { newer, dismiss }
}
