/** A resettable idle promise: resolves when a queue is drained, and is renewed by `reset`. All waiters share one promise. */
export function createIdleSignal() {
  let current = pending()
  return {
    /** Resolves when the queue is idle; fails where it had to stop. */
    reached: () => current.promise,
    settle(failed: { error: unknown } | null): void {
      current.settled = true
      if (failed === null) current.resolve()
      else current.reject(failed.error)
    },
    reset(): void {
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
