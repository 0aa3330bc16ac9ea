import type { HostClient } from '../../contract/index.ts'
import type { HostEvent } from '../../shared/phases/events.ts'
import { exitCodeOfSignal, exitCodes } from '../../shared/basics/exit-codes.ts'
import type { Context, Signal } from './context.ts'

/** Work of a host that a command waits for. */
interface FollowedWork {
  /** `signal`: the first that has come. */
  isOver(signal: Signal | undefined): boolean
  /** Takes an event in; after `reset`, events may have been missed, so what is known is read anew. */
  take(event: HostEvent, signal: Signal | undefined): unknown
  /** Message at the first signal, followed by `Again to end at once.` */
  notice: string
  /** What the first signal does, of which an event comes; null: the work goes on without this command, which ends at once. */
  pause: (() => Promise<unknown>) | null
  say(text: string): void
  close(): void
}

/**
 * Waits for the end of work, or for the first signal, which pauses it; the second ends the process at once, which loses at most the
 * work since a checkpoint. `open` begins to follow: events are listened to already, so that none is missed, signals not yet.
 * Returns the signal, if one has come.
 */
export async function follow(
  context: Context,
  client: HostClient,
  open: () => Promise<FollowedWork>,
): Promise<Signal | undefined> {
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  const work = await open()
  let received: Signal | undefined
  let paused: Promise<unknown> = Promise.resolve()
  const left = Promise.withResolvers<void>()
  const dispose = context.onSignal((signal) => {
    // A terminal that closes says so more than once: itself, and through what started this process.
    if (received !== undefined && signal === 'SIGHUP') return
    if (received !== undefined) {
      work.close()
      return context.abort(exitCodeOfSignal[signal])
    }
    received = signal
    work.say(`${work.notice} Again to end at once.`)
    if (work.pause === null) return left.resolve()
    paused = work.pause()
    paused.catch(left.reject)
  })
  const watching = (async () => {
    while (!work.isOver(received)) {
      const next = await events.next()
      if (next.done) return
      await work.take(next.value, received)
    }
  })()
  try {
    await Promise.race([watching, left.promise])
    await paused
  } finally {
    dispose()
    // Unlike `events.return()`, it does not wait for an event that may never come.
    over.abort()
    await Promise.allSettled([watching])
    work.close()
  }
  return received
}

/** Exit code of a command whose work is not finished. */
export const unfinishedExitCode = (signal: Signal | undefined): number =>
  signal === undefined ? exitCodes.failedRuns.code : exitCodeOfSignal[signal]
