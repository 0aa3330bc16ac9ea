import type { Clock } from '../../../src/main/shell/host-supervisor.ts'

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  /** Lets time pass, and does what becomes due meanwhile, in order. */
  pass(milliseconds: number): void
  /** How many things are still to be done. */
  due(): number
}

export function testClock(): TestClock {
  let now = 0
  let waiting: { at: number; act: () => void }[] = []
  return {
    now: () => now,
    later(milliseconds, act) {
      const timer = { at: now + milliseconds, act }
      waiting.push(timer)
      return () => (waiting = waiting.filter((each) => each !== timer))
    },
    due: () => waiting.length,
    pass(milliseconds) {
      const end = now + milliseconds
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (!next) break
        waiting = waiting.filter((each) => each !== next)
        now = next.at
        next.act()
      }
      now = end
    },
  }
}
