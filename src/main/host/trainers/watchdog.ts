export interface Patience {
  pingMilliseconds: number
  /** Pings that may stay unanswered. */
  pings: number
}

/** Tracing, compiling and reading a data set keep a process from answering, but never for these three minutes. */
export const patience: Patience = { pingMilliseconds: 5_000, pings: 36 }

export interface Watchdog {
  /** To be called at every sign of life. */
  heard(): void
  stop(): void
}

/**
 * Pings a process, and tells when it has answered none of so many pings. Pings are counted and not the time that has passed:
 * while this process is stopped (Ctrl-Z) or the machine sleeps, nobody asks and nobody could answer.
 */
export function watch(
  { pingMilliseconds, pings }: Patience,
  { ping, onSilence }: { ping: (id: number) => void; onSilence: () => void },
): Watchdog {
  let unanswered = 0
  let id = 0
  const timer = setInterval(() => {
    if (unanswered >= pings) return onSilence()
    unanswered++
    ping(++id)
  }, pingMilliseconds)
  timer.unref()
  return { heard: () => void (unanswered = 0), stop: () => clearInterval(timer) }
}
