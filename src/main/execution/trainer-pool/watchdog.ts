interface WatchdogLimits {
  pingMilliseconds: number
  /** Maximum number of unanswered pings. */
  unansweredPings: number
}

/** Tracing, compiling and reading a data set block a process, but for less than these three minutes. */
export const watchdogLimits: WatchdogLimits = { pingMilliseconds: 5_000, unansweredPings: 36 }

/**
 * Pings a process and calls `onSilence` when too many pings are unanswered. It counts pings instead of time, because neither
 * process runs while the machine sleeps or both are stopped (Ctrl-Z).
 */
export function watch(
  { pingMilliseconds, unansweredPings }: WatchdogLimits,
  { ping, onSilence }: { ping: (id: number) => void; onSilence: () => void },
) {
  let unanswered = 0
  let id = 0
  const timer = setInterval(() => {
    if (unanswered >= unansweredPings) return onSilence()
    unanswered++
    ping(++id)
  }, pingMilliseconds)
  timer.unref()
  return {
    /** To be called at every message of the process. */
    heard: () => void (unanswered = 0),
    stop: () => clearInterval(timer),
  }
}
