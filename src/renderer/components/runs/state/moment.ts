import { useIntervalFn } from '@vueuse/core'
import { shallowRef } from 'vue'
import { useRunsStore } from '../../../stores/runs.ts'
import type { Moment } from '../facts.ts'

const stillness: Moment = { nowMs: 0, progress: new Map() }

/**
 * The present for filters and sorts that ask for it, once a second: an order that changes with every batch could not be read.
 * Those that do not ask get a moment without time, so that nothing is worked out again because time passes.
 */
export function useMoment(): (timely: boolean) => Moment {
  const store = useRunsStore()
  const present = shallowRef<Moment>(now())
  useIntervalFn(() => (present.value = now()), 1000)

  function now(): Moment {
    return { nowMs: Date.now(), progress: store.progress }
  }
  return (timely) => (timely ? present.value : stillness)
}
