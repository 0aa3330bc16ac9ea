import { useIntervalFn } from '@vueuse/core'
import { computed, shallowRef } from 'vue'
import { useRunsStore } from '../../../stores/runs.ts'
import { useSettingsStore } from '../../../stores/settings.ts'
import type { Moment } from '../facts.ts'

/**
 * The present for filters and sorts that ask for it, once a second: an order that changes with every batch could not be read.
 * Those that do not ask get a moment without time, so that nothing is worked out again because time passes.
 */
export function useMoment(): (timely: boolean) => Moment {
  const store = useRunsStore()
  const known = useSettingsStore()
  const now = () => ({ nowMs: Date.now(), progress: store.progress })
  const present = shallowRef(now())
  useIntervalFn(() => (present.value = now()), 1000)
  const still = computed<Moment>(() => ({ nowMs: 0, progress: new Map(), settings: known.byExperiment }))
  return (timely) => (timely ? { ...present.value, settings: known.byExperiment } : still.value)
}
