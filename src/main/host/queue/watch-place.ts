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
  breaker: Pick<CircuitBreaker, 'reason' | 'end'>
  pollMilliseconds: number
}): { close(): Promise<void> } {
  const over = new AbortController()

  async function watch(): Promise<void> {
    const { signal } = over
    while (!signal.aborted) {
      // Whoever asks for the reason stops the queues; it may have been gone for less time than passes between two looks.
      if (breaker.reason()?.isMoved && whyMoved() === null) resume()
      await setTimeout(pollMilliseconds, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  function resume(): void {
    try {
      breaker.end()
    } catch {
      // The store cannot be written yet: it is tried again at the next look.
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
