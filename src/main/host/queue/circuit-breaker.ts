import { setTimeout } from 'node:timers/promises'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Store } from '../../store/open.ts'
import type { WhyMoved } from '../../store/place.ts'
import { keepReserve } from '../../store/reserve.ts'
import type { EventLog } from './events/event-log.ts'
import { requeueInterrupted } from './run-states.ts'
import type { Recorder } from './events/event-recorder.ts'

/** A queue that the circuit breaker stops and resumes. */
interface Stoppable {
  /** Stops its tasks. */
  halt(): void
  resume(): void
}

/** Stops all queues of a host while the store cannot be written, or is not where it was: no result could be recorded. */
export interface CircuitBreaker {
  /** Why they are stopped; null while they work. `isMoved`: the workspace was not where it was. */
  reason(): { error: unknown; isMoved: boolean } | null
  begin(error: unknown): void
  /** As `begin`, on a disk that is full, until the space is kept again that those who delete need. */
  beginFull(error: ExitlabError): void
  /**
   * Resumes the queues where they are stopped; to be called before anything is queued. @throws ExitlabError while the store
   * still cannot be written.
   */
  end(): void
  add(queue: Stoppable): void
}

export function createCircuitBreaker({
  store,
  whyMoved,
  events,
  recorder,
}: {
  store: Store
  whyMoved: WhyMoved
  events: EventLog
  recorder: Recorder
}): CircuitBreaker {
  const queues: Stoppable[] = []
  let reason: { error: unknown; isFull: boolean; isMoved: boolean } | null = null

  function begin(error: unknown, isFull = false): void {
    const moved = whyMoved()
    reason ??= { error: moved ?? whileStopped(store.explain(error)), isFull, isMoved: moved !== null }
    events.fail(reason.error)
    for (const queue of queues) queue.halt()
  }

  return {
    reason() {
      const moved = reason === null ? whyMoved() : null
      if (moved !== null) begin(moved)
      return reason
    },
    begin: (error) => begin(error),
    beginFull: (error) => begin(error, true),
    end() {
      if (reason === null) return
      if (reason.isFull && !keepReserve(store.workspace)) throw reason.error
      requeueInterrupted(store)
      recorder.log({
        level: 'info',
        run: null,
        phase: null,
        message: 'The store can be written again: the queue is resumed.',
      })
      reason = null
      events.reopen()
      for (const queue of queues) queue.resume()
    },
    add: (queue) => void queues.push(queue),
  }
}

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

/** What the refusal means for whoever waits for the queues, and how they are started again. */
function whileStopped(error: unknown): unknown {
  if (!(error instanceof ExitlabError) || error.code !== 'disk') return error
  const next =
    'Until then nothing is trained and nothing analysed. To continue, resume the runs or run the command again.'
  return new ExitlabError(error.code, `${error.message} ${next}`, { ...error.fields, cause: error })
}
