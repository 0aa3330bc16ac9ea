import { computed, ref } from 'vue'
import type { PhaseDetail } from '../../../shared/runs/runs.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { phaseState } from '../domain/run-phase.ts'

/** The phase of a run that its page shows. */
export function useShownPhase(run: () => RunDetail | null) {
  /** The phase that trains, or would train next; the one before it as long as it has nothing to show. */
  const current = computed(() => currentPhase(run()))
  /** Undefined: not chosen. */
  const chosen = ref<string | null | undefined>()
  /** Id of the phase that the user chose; by default the current one, whichever that becomes. Null: all phases. */
  const phase = computed<string | null>({
    get: () => (chosen.value === undefined ? (current.value?.id ?? null) : chosen.value),
    set: (id) => (chosen.value = id),
  })
  /** Id of the phase that panels show which show one: the current one if all are chosen. */
  const shownId = computed(() => phase.value ?? current.value?.id ?? null)
  /** Its position among the run's phases. */
  const shownIndex = computed(() => run()?.phases.findIndex(({ id }) => id === shownId.value) ?? 0)
  return { current, phase, shownId, shownIndex }
}

function currentPhase(run: RunDetail | null): PhaseDetail | null {
  if (run === null) return null
  const { phases } = run
  const index = (phaseState(run)?.number ?? 1) - 1
  const phase = phases[index]
  if (phase && (phase.epochs > 0 || phase.status === 'running' || index === 0)) return phase
  return phases[index - 1] ?? null
}
