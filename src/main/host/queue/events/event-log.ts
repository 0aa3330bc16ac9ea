import { setTimeout } from 'node:timers/promises'
import type { HostChange, HostEvent } from '../../../../shared/phases/events.ts'

/** Maximum number of events that a client may be behind before it has to reload everything. */
const keptEvents = 10_000
/** Minimum interval between wake-ups of clients, so that progress in between is sent once. */
const quietMilliseconds = 100

/** Ordered log of changes of the workspace, for any number of clients. */
export interface EventLog {
  publish(change: HostChange): void
  /** Current position: following from it gives later events only. */
  cursor(): string
  /** Events from this call on, or after a cursor, until the signal, `close` or `fail` ends it. */
  follow(after: string | null, signal?: AbortSignal): AsyncGenerator<HostEvent, void>
  close(): void
  /** Ends all clients with an error, also later ones, until `reopen`. */
  fail(error: unknown): void
  reopen(): void
}

interface Numbered {
  number: number
  event: HostEvent
}

/** `session` distinguishes this host's cursors from those of other hosts. */
export function createEventLog(session: string): EventLog {
  const kept: Numbered[] = []
  // Of some events only the latest matters; they are stored separately so that they do not evict the others.
  const latest = new Map<string, Numbered>()
  let last = 0
  /** Cursor of the latest event that was evicted. */
  let forgotten = 0
  /** Ends the current clients, with the given error or `closed`. */
  let ending = new AbortController()
  let wake = Promise.withResolvers<void>()

  const cursorAt = (number: number) => `${session}.${number}`
  const notify = () => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  /** Null for a cursor of another host. */
  const numberOf = (cursor: string): number | null => {
    const [from, text] = cursor.split('.')
    const number = Number(text)
    return from === session && Number.isInteger(number) && number <= last ? number : null
  }
  const since = (number: number): Numbered[] => {
    const first = kept.findIndex((each) => each.number > number)
    const news = [...latest.values()].filter((each) => each.number > number)
    return [...(first < 0 ? [] : kept.slice(first)), ...news].sort((a, b) => a.number - b.number)
  }

  /** The generator begins with its first `next`, so where it begins is settled before. */
  function follow(after: string | null, signal?: AbortSignal): AsyncGenerator<HostEvent, void> {
    const stop = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal])
    return eventsAfter(after === null ? last : numberOf(after), stop)
  }

  /** `position`: null where it was not one of this log's. */
  async function* eventsAfter(position: number | null, stop: AbortSignal): AsyncGenerator<HostEvent, void> {
    stop.addEventListener('abort', notify)
    try {
      for (;;) {
        if (position === null || position < forgotten) {
          position = last
          yield { type: 'reset', cursor: cursorAt(last) }
        }
        const news = since(position)
        for (const { number, event } of news) {
          position = number
          yield event
        }
        if (stop.reason instanceof Failure) throw stop.reason.error
        if (stop.aborted) return
        if (news.length > 0) await setTimeout(quietMilliseconds, undefined, { signal: stop }).catch(atOnce)
        else await wake.promise
      }
    } finally {
      stop.removeEventListener('abort', notify)
    }
  }

  return {
    publish(change) {
      const number = ++last
      const event = { ...change, cursor: cursorAt(number) } as HostEvent
      const subject = replaceable(event)
      if (subject !== null) latest.set(subject, { number, event })
      else {
        latest.delete(overtaken(event))
        kept.push({ number, event })
        if (kept.length > keptEvents) forgotten = kept.shift()!.number
      }
      notify()
    },
    cursor: () => cursorAt(last),
    follow,
    close: () => ending.abort(),
    fail: (error) => ending.abort(new Failure(error)),
    reopen() {
      ending = new AbortController()
    },
  }
}

/** Key of the state that an event reports, so that it replaces earlier ones; null if each event counts. */
function replaceable(event: HostEvent): string | null {
  if (event.type === 'progress') return `phase ${event.progress.phase}`
  if (event.type === 'activity') return 'activity'
  if (event.type === 'search') return `search ${event.search}`
  return event.type === 'analysis' ? `analysis ${event.analysis.id}` : null
}

/** Key of the state that becomes obsolete with an event; empty if none. */
function overtaken(event: HostEvent): string {
  if (event.type === 'epoch') return `phase ${event.phase}`
  return event.type === 'analysis-deleted' ? `analysis ${event.analysis}` : ''
}

/** Reason that is sent to clients when they end. */
class Failure {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

/** A wait that is cut short is over. */
function atOnce(): void {}
