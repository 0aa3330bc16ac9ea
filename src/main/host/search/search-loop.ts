import { failureOf, logOf } from '../../../shared/basics/error.ts'
import { isStoreFailure } from '../../store/error.ts'
import type { CircuitBreaker } from '../queue/circuit-breaker.ts'
import type { SearchServices } from './services.ts'
import { advance } from './advance.ts'
import { saveSearch } from './save.ts'

/** Advances the searches of a host that trains, whenever something changes that they wait for. */
export function createSearchLoop(services: SearchServices, breaker: CircuitBreaker) {
  const { store, events, recorder } = services
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
    const { message, stack } = failureOf(error)
    recorder.log({ level: 'error', run: null, phase: null, message: `Search ${id}: ${logOf({ message, stack })}` })
    // One that was paused or stopped meanwhile fails when it is resumed.
    saveSearch(services, id, ({ status }) =>
      status === 'running' ? { status: 'failed', error: message, finishedAt: recorder.now() } : {},
    )
  }

  async function follow(): Promise<void> {
    for await (const { type } of events.follow(null, ending.signal))
      if (['run', 'epoch', 'purged', 'search', 'reset'].includes(type)) wake()
  }

  // The breaker itself ends the log while the store cannot be written.
  const start = () =>
    void follow().catch((error: unknown) => {
      if (breaker.reason() === null) breaker.begin(error)
    })
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
    async close(): Promise<void> {
      ending.abort()
      await working
    },
  }
}
