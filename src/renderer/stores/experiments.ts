import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { Preset } from '../../shared/contract/experiments.ts'
import type { ExperimentSummary } from '../../shared/runs.ts'
import { client, connection } from '../api/client.ts'
import { messageOf } from '../api/errors.ts'
import { useRunsStore } from './runs.ts'

/** Runs come and end in bursts: experiments are asked for once after one. */
const quietMilliseconds = 500

/** Experiments and their counts, the newest first, and the examples that Exitlab brings along. */
export const useExperimentsStore = defineStore('experiments', () => {
  const list = shallowRef<readonly ExperimentSummary[]>([])
  const presets = shallowRef<readonly Preset[]>([])
  const loaded = ref(false)
  const error = ref<string | null>(null)
  const runs = useRunsStore()

  async function refresh(): Promise<void> {
    try {
      ;[list.value, presets.value] = await Promise.all([client.experiments.list(), client.experiments.presets()])
      loaded.value = true
      error.value = null
    } catch (cause) {
      error.value = messageOf(cause)
    }
  }

  watch(connection.state, (state) => state === 'open' && void refresh(), { immediate: true })
  let waiting: ReturnType<typeof setTimeout>
  watch(
    () => countsOf(runs.list),
    () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => void refresh(), quietMilliseconds)
    },
  )

  return { list, presets, loaded, error, refresh }
})

/** Changes exactly when an experiment's counts do. */
function countsOf(runs: readonly { experimentId: string; status: string }[]): string {
  const counts = new Map<string, [runs: number, done: number]>()
  for (const { experimentId, status } of runs) {
    const [all, done] = counts.get(experimentId) ?? [0, 0]
    counts.set(experimentId, [all + 1, done + (status === 'done' ? 1 : 0)])
  }
  return JSON.stringify([...counts])
}
