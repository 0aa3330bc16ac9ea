import { setTimeout } from 'node:timers/promises'
import type { HostChange, HostEvent } from '../../shared/events.ts'

/** How many events a follower may be behind before it has to fetch everything anew. */
const keptEvents = 10_000
/** Followers are woken at most this often, so that progress that came in between is told once. */
const quietMilliseconds = 100

/** What changed in the workspace, in order, for any number of followers. */
export interface EventLog {
  publish(change: HostChange): void
  /** Where the log is now: following after it tells what happens from now on. */
  cursor(): string
  /** Events from this call on, or after a cursor, until the signal, `close` or `fail` ends it. */
  follow(after: string | null, signal?: AbortSignal): AsyncGenerator<HostEvent, void>
  close(): void
  /** Ends every follower with an error, those that come later too, until `reopen`. */
  fail(error: unknown): void
  reopen(): void
}

interface Numbered {
  number: number
  event: HostEvent
}

/** `session` tells this host's cursors from those of another. */
export function createEventLog(session: string): EventLog {
  const kept: Numbered[] = []
  // Of some things only the latest counts; it's kept apart so that it doesn't push out what does.
  const latest = new Map<string, Numbered>()
  let last = 0
  /** Of the latest event that is kept no more. */
  let forgotten = 0
  /** Ends those who follow now, with the error that is its reason or `closed`. */
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

/** What an event tells the present state of, so that an earlier one about it says nothing more; null where each counts. */
function replaceable(event: HostEvent): string | null {
  if (event.type === 'progress') return `phase ${event.progress.phase}`
  return event.type === 'analysis' ? `analysis ${event.analysis.id}` : null
}

/** The subject whose state is of no interest after an event; empty where there is none. */
function overtaken(event: HostEvent): string {
  if (event.type === 'epoch') return `phase ${event.phase}`
  return event.type === 'analysis-deleted' ? `analysis ${event.analysis}` : ''
}

/** Why followers end, where they are to be told. */
class Failure {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

/** A wait that is cut short is over. */
function atOnce(): void {}
