import { watch } from 'vue'
import { useHostStore } from './host.ts'
import { useRunsStore } from './runs.ts'

/** Loads with every complete fetch of runs, and where that has failed while the host was away, once it is back. */
export function reloadWithRuns(load: () => Promise<void>, hasFailed: () => boolean): void {
  const runs = useRunsStore()
  const host = useHostStore()
  watch(
    () => runs.loads,
    (loads) => loads > 0 && void load(),
    { immediate: true },
  )
  watch(
    () => host.link,
    (link) => link === 'open' && hasFailed() && void load(),
  )
}
