import { ExitlabError } from '../../../shared/error.ts'
import { isStoreFailure } from '../../store/error.ts'
import type { CircuitBreaker } from '../queue/circuit-breaker.ts'
import type { HostServices } from '../services.ts'
import { advance } from './advance.ts'
import { saveSearch } from './save.ts'

/** Advances the searches of a host that trains, whenever something changes that they wait for. */
export interface SearchLoop {
  wake(): void
  close(): Promise<void>
}

export function createSearchLoop(services: HostServices, breaker: CircuitBreaker): SearchLoop {
  const { store, events } = services
  const ending = new AbortController()
  let working: Promise<void> = Promise.resolve()
  let isDue = false

  function wake(): void {
    if (isDue || ending.signal.aborted) return
    isDue = true
    working = working.then(advanceAll).catch((error: unknown) => breaker.begin(error))
  }

  async function advanceAll(): Promise<void> {
    isDue = false
    if (breaker.reason() !== null) return
    for (const id of store.searches.withStatus('running')) {
      if (ending.signal.aborted) return
      await advance(services, id).catch((error: unknown) => fail(id, error))
    }
  }

  function fail(id: string, error: unknown): void {
    if (isStoreFailure(error) || ending.signal.aborted) throw error
    const message = error instanceof ExitlabError ? error.message : String(error)
    saveSearch(services, id, () => ({ status: 'failed', error: message, finishedAt: services.recorder.now() }))
  }

  async function follow(): Promise<void> {
    for await (const { type } of events.follow(null, ending.signal))
      if (['run', 'epoch', 'purged', 'search', 'reset'].includes(type)) wake()
  }

  const start = () => void follow().catch(() => {}) // The log ends while the store cannot be written.
  breaker.add({
    halt: () => {},
    resume() {
      start()
      wake()
    },
  })
  start()
  return {
    wake,
    async close() {
      ending.abort()
      await working
    },
  }
}
