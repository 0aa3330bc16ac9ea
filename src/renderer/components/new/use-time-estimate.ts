import { computed, getCurrentScope, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useHost } from '../../api/host.ts'
import { useAttempt } from '../../composables/use-action.ts'
import { useRunsStore } from '../../stores/runs.ts'
import type { ReadExperiment } from './use-experiment-checks.ts'

export interface TimeEstimate {
  /** Upper bound for the current experiment; null before it is measured. */
  seconds: ComputedRef<number | null>
  /** What of it sharing phases saves. */
  savedSeconds: ComputedRef<number | null>
  measuring: Ref<boolean>
  error: Ref<string | null>
  /** Times a few training steps. */
  measure(): Promise<void>
}

/** After this long without changes an experiment is timed automatically, unless a training is running. */
const idleMilliseconds = 1500

export function useTimeEstimate(experiment: ComputedRef<ReadExperiment | null>): TimeEstimate {
  const { client } = useHost()
  const runs = useRunsStore()
  const screen = getCurrentScope()
  const measured = shallowRef<{ of: ReadExperiment; seconds: number | null; savedSeconds: number | null } | null>(null)
  const { run, busy: measuring, error } = useAttempt()
  const current = computed(() => (measured.value?.of === experiment.value ? measured.value : null))

  async function measure(): Promise<void> {
    const of = experiment.value
    if (of === null || measuring.value) return
    const planned = await run(() => client.experiments.plan({ ...of, calibrate: true }))
    if (planned) measured.value = { of, seconds: planned.estimatedSeconds, savedSeconds: planned.savedSeconds }
    if (screen?.active && experiment.value !== of) plan()
  }

  let waiting: ReturnType<typeof setTimeout>
  function plan(): void {
    clearTimeout(waiting)
    error.value = null
    const training = runs.list.some(({ status }) => status === 'running')
    if (experiment.value !== null && !training) waiting = setTimeout(() => void measure(), idleMilliseconds)
  }
  watch(experiment, plan, { immediate: true })
  onScopeDispose(() => clearTimeout(waiting))

  return {
    seconds: computed(() => current.value?.seconds ?? null),
    savedSeconds: computed(() => current.value?.savedSeconds ?? null),
    measuring,
    error,
    measure,
  }
}
