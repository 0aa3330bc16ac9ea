import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { EngineInfo, SystemInfo } from '../../contract/system.ts'
import type { HostState } from '../../shared/window/shell.ts'
import { useHost } from '../api/host.ts'
import { messageOf } from '../api/errors.ts'
import { shell } from '../api/shell.ts'

/** The host, its device, and the connection to it. */
export const useHostStore = defineStore('host', () => {
  const { client, connection } = useHost()
  const info = shallowRef<SystemInfo | null>(null)
  const engine = shallowRef<EngineInfo | null>(null)
  const error = ref<string | null>(null)
  /** State of the desktop application's host process; null in a browser. */
  const process = shallowRef<HostState | null>(null)
  const link = computed(() => connection.state.value)
  let asked = 0

  async function refresh(): Promise<void> {
    const question = ++asked
    try {
      const [ofSystem, ofEngine] = await Promise.all([client.system.info(), client.system.engine()])
      if (question !== asked) return
      info.value = ofSystem
      engine.value = ofEngine
      error.value = null
    } catch (cause) {
      if (question === asked) error.value = messageOf(cause)
    }
  }

  /** Tries to reach the host now instead of after the wait. */
  function retry(): void {
    void shell?.restartHost()
    connection.retry()
  }

  watch(link, (state) => state === 'open' && void refresh(), { immediate: true })
  window.addEventListener('online', () => connection.retry())
  shell?.onHostState((state) => {
    process.value = state
    if (state.state === 'running') connection.retry()
  })

  return {
    link,
    /** Time of the next connection attempt, in milliseconds since 1970. */
    nextAttemptAt: computed(() => connection.nextAttemptAt.value),
    process,
    info,
    engine,
    /** Error of reading `info` and `engine`. */
    error,
    refresh,
    retry,
  }
})
