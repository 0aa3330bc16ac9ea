import { computed, ref } from 'vue'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { progressOf } from '../../stores/shared-phases.ts'
import { useRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'

/** A run, live: details are requested again when its status or that of a phase changes; the rest follows from events. */
export function useRun(reference: () => string) {
  const { client } = useHost()
  const runs = useRunsStore()
  /** Known at once where the reference is the id. */
  const answered = ref<string | null>(null)
  const id = computed(() => answered.value ?? reference())
  const live = computed(() => runs.runs.get(id.value) ?? null)
  const state = computed(() => (runs.loaded ? stateOf(live.value) : null))
  const { data, error, gone, refresh } = useRequest(() => {
    void state.value
    return ask(reference())
  })
  // One in the bin is absent before and after.
  runs.onPurged((run) => void (run === id.value && live.value === null && refresh()))

  async function ask(about: string): Promise<RunDetail> {
    const found = await client.runs.show({ run: about })
    answered.value = found.id
    return found
  }
  const detail = computed(() => (gone.value ? null : data.value))
  return {
    /** Everything about it, as far as it is known now; null before the first answer, and once it is purged. */
    run: computed(() => detail.value && withLive(detail.value, live.value ?? detail.value)),
    progress: computed(() => live.value && progressOf(live.value, runs.progress)),
    /** Error message if the run cannot be read. */
    error,
  }
}

/** Changes exactly when the details of a run must be read again. */
function stateOf(run: RunSummary | null): string {
  return run === null ? 'absent' : [run.status, ...run.phases.map(({ status }) => status)].join()
}

function withLive(detail: RunDetail, live: RunSummary): RunDetail {
  const phases = detail.phases.map((phase, position) => ({ ...phase, ...live.phases[position] }))
  // A run that was chosen has test values that lists do not have (shared/runs/runs.ts).
  return { ...detail, ...live, phases, scores: detail.scores }
}
