import type { HostClient } from '../../contract/index.ts'
import type { HostEvent } from '../../shared/phases/events.ts'
import { forward, procedureAt } from '../host/api/forward.ts'
import type { RunningHost } from '../host/api/socket/running-host.ts'

export interface Reached {
  client: HostClient
  /** Whether the host is in this process, so that it lives as long as it is needed. */
  own: boolean
  /** The host in another process that it is. */
  running?: RunningHost
  /** Whether it can still be talked to. */
  alive(): boolean
  close(): Promise<void>
}

type Follow = HostClient['events']['follow']
type FollowOptions = Parameters<Follow>[1]

/** Cursor without a host: a client that follows from it receives `reset` and reloads everything. */
const elsewhere = 'elsewhere'

/**
 * A client that outlives its host: when the host ends, it connects to the next one, usually a new host in this process. Followers of
 * events then receive `reset` and reload everything.
 */
export function relay(first: Reached, reach: () => Promise<Reached>): Reached {
  let current = Promise.resolve(first)
  let closed = false

  /** Reconnects once after a host ended; concurrent callers share the promise. */
  async function next(ended: Reached): Promise<void> {
    if ((await current) === ended) current = ended.close().then(reach)
    await current
  }

  /** Starts following a running host. */
  async function begin(after: string | null, options: FollowOptions) {
    for (;;) {
      const host = await current
      try {
        return { host, events: await host.client.events.follow({ after }, options) }
      } catch (error) {
        if (host.alive()) throw error
      }
      await next(host)
    }
  }

  const follow = async (...[input, options]: Parameters<Follow>): Promise<AsyncGenerator<HostEvent, void>> => {
    let after = input?.after ?? null
    let { host, events } = await begin(after, options)
    return (async function* () {
      for (;;) {
        try {
          for await (const event of events) {
            after = event.cursor
            yield event
          }
        } catch (error) {
          if (host.alive()) throw error
        }
        if (host.own || closed || options?.signal?.aborted) return
        await next(host)
        ;({ host, events } = await begin(after ?? elsewhere, options))
      }
    })()
  }

  return {
    client: forward(async (path, rest) => {
      if (path.join('.') === 'events.follow') return follow(...(rest as Parameters<Follow>))
      return procedureAt((await current).client, path)(...rest)
    }),
    own: false,
    alive: () => !closed,
    async close() {
      closed = true
      await (await current).close()
    },
  }
}
