import { exitCodeOfSignal } from '../../shared/exit-codes.ts'
import type { Context, Signal } from './context.ts'

export interface Pausing {
  display: { say(text: string): void; close(): void }
  /** Message at the first signal, followed by `Again to end at once.` */
  notice: string
  /** Has the work paused. */
  pause: () => Promise<unknown>
}

/** The work of a command that signals pause. */
export interface PausedBySignals {
  /** Listens no longer. */
  dispose(): void
  /** The first signal, if one has come. */
  signal(): Signal | undefined
  /** Fails where the work cannot be paused. */
  failed: Promise<never>
}

/** The first signal pauses the work; the second ends the process at once, which loses at most the work since a checkpoint. */
export function pauseOnSignal(context: Context, { display, notice, pause }: Pausing): PausedBySignals {
  let received: Signal | undefined
  const failed = Promise.withResolvers<never>()
  const dispose = context.onSignal((signal) => {
    // A terminal that closes says so more than once: itself, and through what started this process.
    if (received !== undefined && signal === 'SIGHUP') return
    if (received !== undefined) {
      display.close()
      context.abort(exitCodeOfSignal[signal])
      return
    }
    received = signal
    display.say(`${notice} Again to end at once.`)
    pause().catch(failed.reject)
  })
  return { dispose, signal: () => received, failed: failed.promise }
}
