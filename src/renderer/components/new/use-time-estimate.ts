import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useHost } from '../../api/host.ts'
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
  const measured = shallowRef<{ of: ReadExperiment; seconds: number | null; savedSeconds: number | null } | null>(null)
  const measuring = ref(false)
  const error = ref<string | null>(null)
  const current = computed(() => (measured.value?.of === experiment.value ? measured.value : null))

  async function measure(): Promise<void> {
    const of = experiment.value
    if (of === null || measuring.value) return
    measuring.value = true
    error.value = null
    try {
      const { estimatedSeconds, savedSeconds } = await client.experiments.plan({ ...of, calibrate: true })
      measured.value = { of, seconds: estimatedSeconds, savedSeconds }
    } catch (cause) {
      error.value = cause instanceof Error ? cause.message : String(cause)
    } finally {
      measuring.value = false
    }
    if (experiment.value !== of) plan()
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
