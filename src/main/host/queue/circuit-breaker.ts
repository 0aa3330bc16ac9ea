import type { Store } from '../../store/open.ts'
import type { EventLog } from '../event-log.ts'
import { recover } from './requeue-interrupted.ts'
import type { Recorder } from './event-recorder.ts'

/** A queue that can stand still. */
export interface Halting {
  /** Ends what is being done. */
  halt(): void
  goOn(): void
}

/** What the queues of a host share: nothing can be promised while the store cannot be written, so none of them goes on. */
export interface Standstill {
  /** Null while they go on. */
  reason(): { error: unknown } | null
  begin(error: unknown): void
  /**
   * Lets the queues go on, where they stand still; to be called before anything is queued. @throws ExitlabError while the
   * store still cannot be written.
   */
  end(): void
  add(queue: Halting): void
}

export function createStandstill({
  store,
  events,
  recorder,
}: {
  store: Store
  events: EventLog
  recorder: Recorder
}): Standstill {
  const queues: Halting[] = []
  let reason: { error: unknown } | null = null
  return {
    reason: () => reason,
    begin(error) {
      reason ??= { error: store.explain(error) }
      events.fail(reason.error)
      for (const queue of queues) queue.halt()
    },
    end() {
      if (reason === null) return
      recover(store)
      recorder.log({ level: 'info', run: null, phase: null, message: 'The queue goes on: the store can be written.' })
      reason = null
      events.reopen()
      for (const queue of queues) queue.goOn()
    },
    add: (queue) => void queues.push(queue),
  }
}
