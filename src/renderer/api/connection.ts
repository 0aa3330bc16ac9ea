import { readonly, ref, shallowRef, type Ref } from 'vue'
import { ConnectionLost } from './errors.ts'
import { Refused, type Link, type OpenLink } from './link.ts'

/** `refused`: the host does not let this window in; trying again is no use. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'refused'

export interface Connection {
  readonly state: Readonly<Ref<LinkState>>
  /** When the next attempt is made, in milliseconds since 1970; null while there is none to wait for. */
  readonly nextAttemptAt: Readonly<Ref<number | null>>
  /** The link that is up, or the next one. @throws ConnectionLost after ten seconds without one. */
  link(signal?: AbortSignal): Promise<Link>
  /** Tries again now instead of after the wait. */
  retry(): void
  close(): void
}

const patienceMilliseconds = 10_000
const firstWaitMilliseconds = 250
const longestWaitMilliseconds = 8000
/** A link that is closed sooner was not really up. */
const steadyMilliseconds = 1000

/** Keeps one link to the host open. Reopens it when it closes, with exponential back-off. */
export function connect(open: OpenLink): Connection {
  const state = ref<LinkState>('connecting')
  const nextAttemptAt = ref<number | null>(null)
  const current = shallowRef<Link | null>(null)
  const ended = new AbortController()
  let up = Promise.withResolvers<Link>()
  let hurry = () => {}

  /** Until the time has passed or somebody calls `retry`; for nothing but that where there is no time. */
  const pause = (milliseconds: number | null) =>
    new Promise<void>((resolve) => {
      hurry = resolve
      if (milliseconds === null) return
      nextAttemptAt.value = Date.now() + milliseconds
      setTimeout(resolve, milliseconds)
    }).finally(() => (nextAttemptAt.value = null))

  async function keepUp(): Promise<void> {
    for (let failures = 0; !ended.signal.aborted;) {
      try {
        const link = await open()
        const openedAt = Date.now()
        current.value = link
        state.value = 'open'
        up.resolve(link)
        await link.closed
        current.value = null
        up = Promise.withResolvers()
        state.value = 'lost'
        if (Date.now() - openedAt >= steadyMilliseconds) failures = 0
        else await pause(waitAfter(failures++))
      } catch (error) {
        if (error instanceof Refused) state.value = 'refused'
        else if (failures > 0) state.value = 'lost'
        if (!ended.signal.aborted) await pause(error instanceof Refused ? null : waitAfter(failures++))
      }
    }
  }

  void keepUp()
  return {
    state: readonly(state),
    nextAttemptAt: readonly(nextAttemptAt),
    link: (signal) => (current.value === null ? inTime(up.promise, signal) : Promise.resolve(current.value)),
    retry: () => hurry(),
    close() {
      ended.abort()
      hurry()
      current.value?.close()
    },
  }
}

function waitAfter(failures: number): number {
  return Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** failures)
}

function inTime(link: Promise<Link>, signal?: AbortSignal): Promise<Link> {
  const late = AbortSignal.timeout(patienceMilliseconds)
  const over = signal === undefined ? late : AbortSignal.any([late, signal])
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(late.aborted ? new ConnectionLost() : signal?.reason)
    if (over.aborted) giveUp()
    over.addEventListener('abort', giveUp, { once: true })
    void link.then(resolve)
  })
}
