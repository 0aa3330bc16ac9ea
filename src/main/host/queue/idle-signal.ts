/** A resettable idle promise: resolves when a queue is drained, and is renewed by `reset`. All waiters share one promise. */
export interface IdleSignal {
  /** Resolves when the queue is idle; fails where it had to stop. */
  reached(): Promise<void>
  settle(failed: { error: unknown } | null): void
  reset(): void
}

export function createIdleSignal(): IdleSignal {
  let current = pending()
  return {
    reached: () => current.promise,
    settle(failed) {
      current.settled = true
      if (failed === null) current.resolve()
      else current.reject(failed.error)
    },
    reset() {
      if (current.settled) current = pending()
    },
  }
}

function pending() {
  const idle = Promise.withResolvers<void>()
  // Avoids an unhandled rejection if nobody awaits it.
  idle.promise.catch(() => {})
  return { ...idle, settled: false }
}
