import type { CircuitBreaker } from '../circuit-breaker.ts'
import { createIdleSignal } from '../idle-signal.ts'
import { taskFailure } from '../outcomes.ts'

export interface PollRoundsOptions {
  breaker: CircuitBreaker
  pollMilliseconds: number
  /** Does what there is to do at the moment. */
  work(): Promise<void>
  /** Whether nothing is left to be followed. */
  isDone(): boolean
  /** Tells why the last round failed; null: it did not. */
  complain(message: string | null): void
}

/** Rounds of work, one at a time: as soon as they are asked for, and at intervals while something is to be followed. */
export interface PollRounds {
  wake(): void
  /** A round behind those that were asked for before. */
  next(): Promise<void>
  isClosed(): boolean
  idle(): Promise<void>
  /** To be called when there is something to do again. */
  reset(): void
  /** Settles who waits for the end. */
  halt(): void
  /** Waits for the present round. */
  close(): Promise<void>
}

export function createPollRounds({ breaker, pollMilliseconds, work, isDone, complain }: PollRoundsOptions): PollRounds {
  const idle = createIdleSignal()
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()

  function wake(): void {
    if (closed) return
    clearTimeout(timer)
    working = working.then(round)
  }

  async function round(): Promise<void> {
    if (closed) return
    try {
      if (breaker.reason() === null) await work()
      complain(null)
    } catch (error) {
      const failure = storeFailureOrMessage(error)
      if (failure !== null) complain(failure)
    }
    clearTimeout(timer)
    if (isDone() || breaker.reason() !== null) idle.settle(breaker.reason())
    else if (!closed) timer = setTimeout(wake, pollMilliseconds)
  }

  /** Errors of the store stop all queues; what Slurm or the depot refuses is told once and tried again. */
  function storeFailureOrMessage(error: unknown): string | null {
    try {
      return taskFailure(error).message
    } catch (failure) {
      breaker.begin(failure)
      return null
    }
  }

  return {
    wake,
    next: () => (working = working.then(round)),
    isClosed: () => closed,
    idle: () => idle.reached(),
    reset: () => idle.reset(),
    halt: () => idle.settle(breaker.reason()),
    async close() {
      closed = true
      clearTimeout(timer)
      await working
      idle.settle(breaker.reason())
    },
  }
}
