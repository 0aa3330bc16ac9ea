import type { CircuitBreaker } from './circuit-breaker.ts'
import { createIdleSignal } from './idle-signal.ts'

interface WorkLoopOptions {
  breaker: CircuitBreaker
  /** Starts what is waiting, as far as there is room. */
  start(): void
  isBusy(): boolean
  /** Asks everything that is being done to stop with a checkpoint; resolves when it has stopped. */
  stop(): Promise<void>
}

/** A queue's way from waiting to idle: it looks for work, stops and resumes with the circuit breaker, and closes. */
export interface WorkLoop {
  /** Looks for work; to be called whenever there may be some. */
  wake(): void
  /** Looks for work after some has ended. */
  next(): void
  /**
   * Resumes a queue that the circuit breaker stopped; to be called before anything is queued. @throws ExitlabError while the
   * store still cannot be written.
   */
  revive(): void
  /** Resolves when there is nothing left to do; fails when the queue had to stop. */
  idle(): Promise<void>
  /** Stops everything, and starts nothing any more. */
  close(): Promise<void>
}

export function createWorkLoop({ breaker, start, isBusy, stop }: WorkLoopOptions): WorkLoop {
  const idle = createIdleSignal()
  let closed = false

  function wake(): void {
    idle.reset()
    next()
  }

  function next(): void {
    if (closed) return
    try {
      if (breaker.reason() === null) start()
    } catch (error) {
      breaker.begin(error)
    }
    if (!isBusy()) settle()
  }

  const settle = () => idle.settle(breaker.reason())

  breaker.add({
    halt() {
      void stop()
      if (!isBusy()) settle()
    },
    resume: wake,
  })

  return {
    wake,
    next,
    revive() {
      if (!closed) breaker.end()
    },
    idle: () => idle.reached(),
    async close() {
      closed = true
      await stop()
      settle()
    },
  }
}
