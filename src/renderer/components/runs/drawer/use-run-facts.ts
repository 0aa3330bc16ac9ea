import { computed, type ComputedRef, type Ref } from 'vue'
import type { EpochRecord, PhaseDetail, RunDetail, RunSummary } from '../../../../shared/runs.ts'
import { useAnswer, type Answer } from '../../../composables/use-answer.ts'
import { useHost } from '../../../api/host.ts'

export interface RunFacts {
  detail: Answer<RunDetail>
  /** The phase that trains, else the last one that has epochs. */
  phase: ComputedRef<PhaseDetail | null>
  /** Its last epoch. */
  record: ComputedRef<EpochRecord | null>
}

/** What the list of runs does not know of one of them. Asked again when it comes to another phase or epoch. */
export function useRunFacts(run: Ref<RunSummary>): RunFacts {
  const { client } = useHost()
  // Text, so that an epoch does not ask for everything again.
  const stage = computed(() =>
    [run.value.id, run.value.status, ...run.value.phases.map(({ status }) => status)].join(' '),
  )
  const detail = useAnswer(() => (void stage.value, client.runs.show({ run: stage.value.split(' ')[0]! })))
  const latest = computed(() => run.value.phases.findLast(({ epochs }) => epochs > 0) ?? null)
  const last = useAnswer(() => {
    if (latest.value === null) return null
    const { id, epochs } = latest.value
    return client.runs
      .epochs({ phase: id, after: epochs - 1 })
      .then(({ records }) => ({ phase: id, record: records.at(-1) ?? null }))
  })
  const own = computed(() => (detail.data.value?.id === run.value.id ? detail.data.value : null))
  return {
    detail,
    phase: computed(() => {
      const running = run.value.phases.find(({ status }) => status === 'running')
      const id = (running ?? latest.value)?.id
      return own.value?.phases.find((phase) => phase.id === id) ?? null
    }),
    record: computed(() => (last.data.value?.phase === latest.value?.id ? (last.data.value?.record ?? null) : null)),
  }
}
