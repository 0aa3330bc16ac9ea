import { computed, type ComputedRef } from 'vue'
import { useAnalysesStore } from '../../stores/analyses.ts'
import { useRunsStore } from '../../stores/runs.ts'

/** A text that is another one whenever a run or an analysis has another status, or a phase is trained; epochs do not change it. */
export function useWorkMark(): ComputedRef<string> {
  const runs = useRunsStore()
  const analyses = useAnalysesStore()
  return computed(() => {
    const ofRuns = [...runs.runs.values()].map(({ id, status, phases }) => {
      const trained = phases.filter((phase) => phase.status === 'done').length
      return `${id} ${status} ${trained}`
    })
    const ofAnalyses = [...analyses.analyses.values()].map(({ id, status }) => `${id} ${status}`)
    return [...ofRuns, ...ofAnalyses].join('\n')
  })
}
