import type { HostMessage, ShellMessage } from '../../shared/window/desktop-link.ts'
import type { HostState } from '../../shared/window/shell.ts'
import type { HostChild, HostListeners } from './host-child.ts'

/** The time, as the supervisor uses it; tests have their own. */
export interface Clock {
  /** Milliseconds of a monotonic clock. */
  now(): number
  /** @returns what calls it off */
  later(milliseconds: number, act: () => void): () => void
}

interface Supervision {
  start(listeners: HostListeners): HostChild
  clock: Clock
  onState(state: HostState): void
  /** Messages of a host except its state. */
  onMessage(message: Exclude<HostMessage, { type: 'ready' | 'refused' }>): void
}

/** Waits before a host that died is started again. One more death, and it is given up. */
export const restartMilliseconds = [250, 1_000, 4_000, 10_000] as const
/** A host that ran this long was sound: the deaths before are forgotten. */
export const steadyMilliseconds = 60_000
/** To write a checkpoint, with slow steps and a slow disk. */
export const endMilliseconds = 60_000

/** Starts the host and restarts it after crashes. A refusal would repeat, so it is reported and not retried. */
export function superviseHost({ start, clock, onState, onMessage }: Supervision) {
  let state: HostState = { state: 'starting', attempt: 1 }
  let child: HostChild | null = null
  let callOff = () => {}
  let deaths = 0
  let whenEnded: PromiseWithResolvers<void> | null = null

  function tell(next: HostState): void {
    state = next
    onState(next)
  }

  function begin(): void {
    let refusal: string | null = null
    let startedAt = clock.now()
    tell({ state: 'starting', attempt: deaths + 1 })
    const own = start({
      message(message) {
        if (child !== own) return
        if (message.type === 'refused') refusal = message.message
        else if (message.type === 'ready') {
          startedAt = clock.now()
          tell({ state: 'running' })
        } else onMessage(message)
      },
      ended(how) {
        if (child !== own) return
        child = null
        if (whenEnded !== null) whenEnded.resolve()
        else if (refusal !== null) tell({ state: 'failed', message: refusal })
        else mourn(how, clock.now() - startedAt)
      },
    })
    child = own
  }

  function mourn(how: string, livedMilliseconds: number): void {
    deaths = livedMilliseconds >= steadyMilliseconds ? 1 : deaths + 1
    const wait = restartMilliseconds[deaths - 1]
    if (wait === undefined) {
      tell({ state: 'failed', message: `The host ended ${deaths} times in a row. ${how}` })
      return
    }
    tell({ state: 'starting', attempt: deaths + 1 })
    callOff = clock.later(wait, begin)
  }

  begin()
  return {
    get state(): HostState {
      return state
    },
    send: (message: ShellMessage) => child?.send(message),
    /** Starts the host now, where it is not running: instead of after the wait, or after it was given up. */
    restart(): void {
      if (child !== null || whenEnded !== null) return
      callOff()
      if (state.state === 'failed') deaths = 0
      begin()
    },
    /** Asks the host to pause trainings and end; resolves when it has ended. */
    end(): Promise<void> {
      if (whenEnded !== null) return whenEnded.promise
      whenEnded = Promise.withResolvers()
      callOff()
      const ending = child
      if (ending === null) whenEnded.resolve()
      else {
        ending.send({ type: 'end' })
        const forget = clock.later(endMilliseconds, () => ending.kill())
        void whenEnded.promise.then(forget)
      }
      return whenEnded.promise
    },
  }
}
