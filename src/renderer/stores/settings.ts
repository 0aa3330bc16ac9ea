import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useHost } from '../api/host.ts'
import type { ExperimentSettings } from '../../shared/experiment-settings.ts'
import { useHostStore } from './host.ts'
import { useRunsStore } from './runs.ts'

/** Settings of the experiments of all runs, by id. Requested once, since experiments do not change. */
export const useSettingsStore = defineStore('settings', () => {
  const { client } = useHost()
  const runs = useRunsStore()
  const host = useHostStore()
  const byExperiment = shallowRef<ReadonlyMap<string, ExperimentSettings>>(new Map())
  // Text, so that what happens to runs changes nothing here.
  const ids = computed(() => [...new Set([...runs.runs.values()].map((run) => run.experimentId))].sort().join('\n'))
  const wanted = () => new Set(ids.value.split('\n').filter((id) => id !== ''))

  watch(
    // What could not be read while the host was away is read once it is back.
    [ids, () => runs.loads, () => host.link === 'lost'],
    async () => {
      const missing = [...wanted()].filter((id) => !byExperiment.value.has(id))
      const found = missing.length === 0 ? {} : await client.experiments.settings({ experiments: missing })
      // Other experiments may have come and gone meanwhile.
      const kept = wanted()
      const all = [...byExperiment.value, ...Object.entries(found)]
      byExperiment.value = new Map(all.filter(([id]) => kept.has(id)))
    },
    { immediate: true },
  )
  return { byExperiment }
})
