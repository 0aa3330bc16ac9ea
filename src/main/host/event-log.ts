import type { HostChange, HostEvent } from '../../shared/events.ts'

/** How many events a follower may be behind before it has to fetch everything anew. */
const keptEvents = 10_000
/** Followers are woken at most this often, so that progress that came in between is told once. */
const quietMilliseconds = 100

/** What changed in the workspace, in order, for any number of followers. */
export interface EventLog {
  publish(change: HostChange): void
  /** Events from now on, or after a cursor, until the signal, `close` or `fail` ends it. */
  follow(after: string | null, signal?: AbortSignal): AsyncGenerator<HostEvent, void>
  close(): void
  /** Ends every follower with an error. */
  fail(error: unknown): void
}

interface Numbered {
  number: number
  event: HostEvent
}

/** `session` tells this host's cursors from those of another. */
export function createEventLog(session: string): EventLog {
  const kept: Numbered[] = []
  // Of progress only the latest counts; it's kept apart so that it doesn't push out what does.
  const latestProgress = new Map<string, Numbered>()
  let last = 0
  /** Of the latest event that is kept no more. */
  let forgotten = 0
  let ended: { error?: unknown } | null = null
  let wake = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()

  const cursorAt = (number: number) => `${session}.${number}`
  const notify = () => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  /** Null for a cursor of another host, or one too long ago. */
  const numberOf = (cursor: string): number | null => {
    const [from, text] = cursor.split('.')
    const number = Number(text)
    if (from !== session || !Number.isInteger(number) || number > last) return null
    return number >= forgotten ? number : null
  }
  const since = (number: number): Numbered[] => {
    const first = kept.findIndex((each) => each.number > number)
    const progress = [...latestProgress.values()].filter((each) => each.number > number)
    return [...(first < 0 ? [] : kept.slice(first)), ...progress].sort((a, b) => a.number - b.number)
  }

  async function* follow(after: string | null, signal?: AbortSignal): AsyncGenerator<HostEvent, void> {
    let position = after === null ? last : numberOf(after)
    if (position === null) {
      position = last
      yield { type: 'reset', cursor: cursorAt(last) }
    }
    const aborted = abortion(signal)
    while (!signal?.aborted) {
      const news = since(position)
      for (const { number, event } of news) {
        position = number
        yield event
      }
      if (ended?.error !== undefined) throw ended.error
      if (ended !== null) return
      if (news.length > 0) await Promise.race([delay(quietMilliseconds), aborted, end.promise])
      else await Promise.race([wake.promise, aborted])
    }
  }

  return {
    publish(change) {
      const number = ++last
      const event = { ...change, cursor: cursorAt(number) } as HostEvent
      if (event.type === 'progress') latestProgress.set(event.progress.phase, { number, event })
      else {
        if (event.type === 'epoch') latestProgress.delete(event.phase)
        kept.push({ number, event })
        if (kept.length > keptEvents) forgotten = kept.shift()!.number
      }
      notify()
    },
    follow,
    close() {
      ended ??= {}
      end.resolve()
      notify()
    },
    fail(error) {
      ended ??= { error }
      end.resolve()
      notify()
    },
  }
}

function abortion(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
