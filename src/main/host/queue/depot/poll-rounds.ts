import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { CircuitBreaker } from '../circuit-breaker.ts'
import { createIdleSignal } from '../idle-signal.ts'
import { taskFailure } from '../outcomes.ts'

export interface PollRoundsOptions {
  breaker: CircuitBreaker
  pollMilliseconds: number
  /** Ends the rounds; what `work` waits for is to end by it too. */
  ending: AbortController
  /** Does what there is to do at the moment. */
  work(): Promise<void>
  /** Whether nothing is left to be followed. */
  isDone(): boolean
  /** Tells why a round failed. */
  complain(message: string): void
}

/** Rounds of work, one at a time: as soon as they are asked for, and at intervals while something is to be followed. */
export function createPollRounds(options: PollRoundsOptions) {
  const { breaker, pollMilliseconds, ending, work, isDone, complain } = options
  const idle = createIdleSignal()
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  let upcoming: Promise<void> | null = null

  function next(): Promise<void> {
    clearTimeout(timer)
    upcoming ??= working = working.then(round)
    return upcoming
  }

  async function round(): Promise<void> {
    upcoming = null
    if (ending.signal.aborted) return
    try {
      if (breaker.reason() === null) await work()
    } catch (error) {
      const failure = storeFailureOrMessage(error)
      if (failure !== null && !ending.signal.aborted) complain(failure)
    }
    clearTimeout(timer)
    if (isDone() || breaker.reason() !== null) idle.settle(breaker.reason())
    else if (!ending.signal.aborted) timer = setTimeout(() => void next(), pollMilliseconds)
  }

  /** Errors of the store stop all queues; what Slurm, the depot or the disk refuses is told once and tried again. */
  function storeFailureOrMessage(error: unknown): string | null {
    if (error instanceof ExitlabError) return error.message
    try {
      return taskFailure(error).message
    } catch (failure) {
      breaker.begin(failure)
      return null
    }
  }

  return {
    wake: () => void next(),
    /** The next round, which has not begun yet. */
    next,
    idle: () => idle.reached(),
    /** To be called when there is something to do again. */
    reset: () => idle.reset(),
    /** Settles who waits for the end. */
    halt: () => idle.settle(breaker.reason()),
    /** Waits for the present round. */
    async close(): Promise<void> {
      ending.abort()
      clearTimeout(timer)
      await working
      idle.settle(breaker.reason())
    },
  }
}
