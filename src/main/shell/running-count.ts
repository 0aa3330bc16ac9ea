import type { ShellMessage } from '../../shared/window/desktop-link.ts'
import type { Clock } from './host-supervisor.ts'

/** Timeout: a host answers within milliseconds, on a busy machine later; a hung one must not keep the application open. */
export const answerMilliseconds = 5_000

export function runningCount(send: (message: ShellMessage) => void, clock: Pick<Clock, 'later'>) {
  let settle: (runs: number | null) => void = () => {}
  return {
    /** @returns how many runs are being trained; null where the host does not say in time */
    ask: () =>
      new Promise<number | null>((resolve) => {
        const callOff = clock.later(answerMilliseconds, () => resolve(null))
        settle = (runs) => {
          callOff()
          resolve(runs)
        }
        send({ type: 'count-running' })
      }),
    answer: (runs: number) => settle(runs),
  }
}
