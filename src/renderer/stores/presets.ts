import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { Preset } from '../../contract/experiments.ts'
import { useHost } from '../api/host.ts'
import { messageOf } from '../api/errors.ts'
import { useToastsStore } from './toasts.ts'

/** The examples that Exitlab brings along. They are fetched once: they do not change. */
export const usePresetsStore = defineStore('presets', () => {
  const { client, connection } = useHost()
  const list = shallowRef<readonly Preset[]>([])
  const toasts = useToastsStore()

  async function fetchOnce(): Promise<void> {
    if (connection.state.value !== 'open' || list.value.length > 0) return
    try {
      list.value = await client.experiments.presets()
    } catch (error) {
      toasts.show({ kind: 'error', text: `The examples could not be read: ${messageOf(error)}` })
    }
  }

  watch(connection.state, fetchOnce, { immediate: true })
  return { list }
})
