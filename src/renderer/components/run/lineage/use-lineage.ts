import { computed } from 'vue'
import { useHost } from '../../../api/host.ts'
import { useRequest } from '../../../composables/use-request.ts'
import { duration } from '../../../../shared/format/times.ts'
import type { PhaseLineage } from '../../../../shared/phases/phase-lineage.ts'
import type { RunDetail } from '../../../../contract/run-detail.ts'

/** The lineage of a run's phases; epochs and states follow the run while a phase trains. `saved`: time that sharing phases saved. */
export function useLineage(run: () => RunDetail | null) {
  const { client } = useHost()
  const id = computed(() => run()?.id ?? null)
  const statuses = computed(() =>
    run()
      ?.phases.map(({ status }) => status)
      .join(),
  )
  const { data, error } = useRequest(() => {
    void statuses.value
    return id.value === null ? null : client.runs.lineage({ run: id.value })
  })
  const saved = computed(() => {
    const seconds = data.value?.savedSeconds ?? 0
    return seconds >= 1 ? duration(seconds) : null
  })
  return { lineage: computed(() => data.value && withProgress(data.value, run())), saved, error }
}

function withProgress(lineage: PhaseLineage, run: RunDetail | null): PhaseLineage {
  const live = new Map(run?.phases.map((phase) => [phase.id, phase]))
  const phases = lineage.phases.map((phase) => {
    const { epochs, status } = live.get(phase.id) ?? phase
    return { ...phase, epochs, status }
  })
  return { ...lineage, phases }
}
