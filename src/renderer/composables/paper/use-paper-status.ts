import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { PaperScale, PaperStatus } from '../../../shared/paper/paper.ts'
import { useHost } from '../../api/host.ts'
import { useAnalysesStore } from '../../stores/analyses.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useAction } from '../use-action.ts'
import { useLiveRequest } from '../use-live-request.ts'
import { estimatedStatus } from './estimated-status.ts'

interface Estimate {
  status: PaperStatus
  at: number
}

/** Estimates of this visit: they take minutes, and stay true when the screen is left. */
const estimates = shallowRef<Partial<Record<PaperScale, Estimate>>>({})
const estimating = ref(false)

/** The state of the paper's tables and figures, kept up to date while runs are trained. */
export function usePaperStatus(scale: Ref<PaperScale>) {
  const { client } = useHost()
  const mark = useWorkMark()
  const action = useAction()
  const request = useLiveRequest((signal) => client.paper.status({ scale: scale.value }, { signal }), {
    changes: () => mark.value,
  })

  /** Times training steps, which takes a while. */
  async function estimate(): Promise<void> {
    if (estimating.value) return
    const of = scale.value
    estimating.value = true
    const status = await action.run('Could not estimate the time', () =>
      client.paper.status({ scale: of, estimate: true }),
    )
    if (status) estimates.value = { ...estimates.value, [of]: { status, at: Date.now() } }
    estimating.value = false
  }

  return {
    /** With the times of the last estimate, if there was one; null while the scale's status is fetched. */
    status: computed(() => {
      const status = request.data.value
      if (status?.scale !== scale.value) return null
      return estimatedStatus(status, estimates.value[scale.value]?.status ?? null)
    }),
    error: request.error,
    refresh: request.refresh,
    estimate,
    estimating,
    /** When the scale's times were estimated, in milliseconds since 1970; null: they were not. */
    estimatedAt: computed(() => estimates.value[scale.value]?.at ?? null),
  }
}

/** A text that is another one whenever a run or an analysis has another status, or a phase is trained; epochs do not change it. */
function useWorkMark(): ComputedRef<string> {
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
