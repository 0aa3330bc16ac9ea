import { uptime } from 'node:os'

const lookMilliseconds = 1000

/**
 * Calls back within a second after the machine, or this process, went on from a suspension: timers count only the time in which the
 * machine ran. @returns what ends that.
 */
export function onWake(callback: () => void): () => void {
  let before = uptime()
  const timer = setInterval(() => {
    const now = uptime()
    if ((now - before) * 1000 > 3 * lookMilliseconds) callback()
    before = now
  }, lookMilliseconds)
  return () => clearInterval(timer)
}
