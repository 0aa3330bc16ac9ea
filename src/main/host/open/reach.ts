import { setTimeout } from 'node:timers/promises'
import { ExitlabError } from '../../../shared/basics/error.ts'

/** Wait for a host that is starting or ending. */
const patienceMilliseconds = 5_000
const pauseMilliseconds = 50

interface Ways<T> {
  /** Null where no host listens. */
  live(): Promise<T | null>
  /** Opens the workspace in this process. */
  own(): Promise<T>
  /** Waits for as long as it takes, until it is aborted. */
  untilAborted?: AbortSignal
}

/**
 * Reaches the host of a workspace, or becomes it: which of the two is possible may change at any moment, as others start and end.
 * @throws ExitlabError `workspace-in-use` where some process has it open for long and does not listen; the reason of the signal
 */
export async function reach<T>({ live, own, untilAborted }: Ways<T>): Promise<T> {
  const deadline = untilAborted ? Infinity : performance.now() + patienceMilliseconds
  for (;;) {
    untilAborted?.throwIfAborted()
    const reached = await live()
    if (reached !== null) return reached
    try {
      return await own()
    } catch (error) {
      const busy = error instanceof ExitlabError && error.code === 'workspace-in-use'
      if (!busy || performance.now() > deadline) throw error
      await setTimeout(pauseMilliseconds)
    }
  }
}
