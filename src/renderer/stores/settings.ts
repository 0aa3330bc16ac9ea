import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { messageOf } from '../api/errors.ts'
import { useHost } from '../api/host.ts'
import type { ExperimentSettings } from '../../shared/experiment/experiment-settings.ts'
import { useHostStore } from './host.ts'
import { useRunsStore } from './runs.ts'
import { useToastsStore } from './toasts.ts'

const unread = 'The settings of experiments could not be read'

/** Settings of the experiments of all runs, by id. Requested once, since experiments do not change. */
export const useSettingsStore = defineStore('settings', () => {
  const { client } = useHost()
  const runs = useRunsStore()
  const host = useHostStore()
  const toasts = useToastsStore()
  const byExperiment = shallowRef<ReadonlyMap<string, ExperimentSettings>>(new Map())
  // Text, so that what happens to runs changes nothing here.
  const ids = computed(() => [...new Set([...runs.runs.values()].map((run) => run.experimentId))].sort().join('\n'))
  const wanted = () => new Set(ids.value.split('\n').filter((id) => id !== ''))

  async function read(experiments: string[]): Promise<Record<string, ExperimentSettings> | null> {
    try {
      const found = experiments.length === 0 ? {} : await client.experiments.settings({ experiments })
      toasts.settle(unread)
      return found
    } catch (error) {
      toasts.show({ kind: 'error', text: `${unread}: ${messageOf(error)}`, about: unread })
      return null
    }
  }

  watch(
    // What could not be read while the host was away is read once it is back.
    [ids, () => runs.loads, () => host.link === 'lost'],
    async () => {
      if (host.link === 'lost') return
      const found = await read([...wanted()].filter((id) => !byExperiment.value.has(id)))
      if (found === null) return
      // Other experiments may have come and gone meanwhile.
      const kept = wanted()
      const all = [...byExperiment.value, ...Object.entries(found)]
      byExperiment.value = new Map(all.filter(([id]) => kept.has(id)))
    },
    { immediate: true },
  )
  return { byExperiment }
})
