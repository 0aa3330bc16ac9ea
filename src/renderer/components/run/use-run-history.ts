import { computed } from 'vue'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { noEpochs, useEpochs } from '../../composables/run/use-epochs.ts'
import { phaseState } from '../domain/run-phase.ts'
import { useShownPhase } from './use-shown-phase.ts'

export type RunHistory = ReturnType<typeof useRunHistory>

/** The phase of a run that its page shows, and the epochs of it and of the current one. */
export function useRunHistory(run: () => RunDetail | null) {
  const shown = useShownPhase(run)
  const { phase, current } = shown
  const { epochs, error } = useEpochs(() => {
    const ids = run()?.phases.map(({ id }) => id) ?? []
    return ids.filter((id) => phase.value === null || id === phase.value || id === current.value?.id)
  })
  const ofCurrent = computed(() => epochs.value.get(current.value?.id ?? '') ?? noEpochs)
  /** Epochs of the phase under way since its best one; null while none is. */
  const withoutImprovement = computed(() => {
    const of = run()
    const underWay = of && of.status !== 'failed' && phaseState(of)?.phase.id === current.value?.id
    return underWay ? (ofCurrent.value.records.at(-1)?.epochsWithoutImprovement ?? null) : null
  })
  /** The current phase with the values of its epochs; null before the first. */
  const latest = computed(() =>
    current.value && ofCurrent.value.metrics.length > 0 ? { ...current.value, metrics: ofCurrent.value.metrics } : null,
  )
  return { ...shown, epochs, error, latest, withoutImprovement }
}
