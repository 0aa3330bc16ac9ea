import { setTimeout } from 'node:timers/promises'
import type { WhyMoved } from '../../store/place.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'

/** Stops all queues of a host while the folder of its workspace is not where it was, and resumes them when it is back. */
export function watchQueues({
  whyMoved,
  breaker,
  pollMilliseconds,
}: {
  whyMoved: WhyMoved
  breaker: Pick<CircuitBreaker, 'reason' | 'begin' | 'end'>
  pollMilliseconds: number
}): { close(): Promise<void> } {
  const over = new AbortController()

  async function watch(): Promise<void> {
    const { signal } = over
    let isMoved = false
    while (!signal.aborted) {
      if (whyMoved() === null) {
        if (isMoved) resume()
        isMoved = false
      } else {
        // The breaker stops the queues as soon as it is asked.
        breaker.reason()
        isMoved = true
      }
      await setTimeout(pollMilliseconds, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  function resume(): void {
    try {
      breaker.end()
    } catch (error) {
      breaker.begin(error)
    }
  }

  const watched = watch()
  return {
    async close() {
      over.abort()
      await watched
    },
  }
}
