import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Installable, InstallProgress } from '../../contract/system.ts'
import { useHost } from '../api/host.ts'
import { messageOf } from '../api/errors.ts'
import { useHostStore } from './host.ts'

interface Installation {
  state: 'running' | 'failed' | 'done'
  /** The last progress. */
  progress: InstallProgress | null
  /** Error and remedy, if it failed. */
  error: string | null
}

/** Installations by the host. They continue on other screens. */
export const useInstallationsStore = defineStore('installations', () => {
  const { client } = useHost()
  const all = shallowReactive(new Map<Installable, Installation>())
  const running = new Map<Installable, AbortController>()
  const host = useHostStore()

  const begun = (progress: InstallProgress | null): Installation => ({ state: 'running', progress, error: null })

  /** @returns whether it is installed. */
  async function start(what: Installable): Promise<boolean> {
    if (running.has(what)) return false
    const attempt = new AbortController()
    running.set(what, attempt)
    all.set(what, begun(null))
    try {
      for await (const progress of await client.system.install({ what }, { signal: attempt.signal })) {
        all.set(what, begun(progress))
      }
      all.set(what, { state: 'done', progress: null, error: null })
      await host.refresh()
      return true
    } catch (error) {
      if (attempt.signal.aborted) all.delete(what)
      else all.set(what, { state: 'failed', progress: null, error: messageOf(error) })
      return false
    } finally {
      running.delete(what)
    }
  }

  /** Downloaded data is kept for the next attempt. */
  function cancel(what: Installable): void {
    running.get(what)?.abort()
  }

  return { all, start, cancel }
})
