import { createORPCClient, ORPCError } from '@orpc/client'
import type { ClientContext, ClientLink } from '@orpc/client'
import type { HostClient } from '../../shared/contract.ts'
import type { Connection } from './connection.ts'
import { ConnectionLost } from './errors.ts'
import type { Link } from './link.ts'

/** A client whose calls take the link that is up when they are made. */
export function clientOver(connection: Connection): HostClient {
  const relay: ClientLink<ClientContext> = {
    async call(path, input, options) {
      const link = await connection.link(options.signal)
      try {
        return await link.rpc.call(path, input, options)
      } catch (error) {
        if (error instanceof ORPCError || options.signal?.aborted || !(await isOver(link))) throw error
        throw new ConnectionLost(error)
      }
    },
  }
  return createORPCClient(relay)
}

/**
 * Whether a link has closed; asked a moment later, for a link's calls end just before the link does. Asked first when a call
 * has failed: who waited for `closed` with every call would be kept by a link that stays up for days.
 */
async function isOver({ closed }: Link): Promise<boolean> {
  let over = false
  void closed.then(() => (over = true))
  await new Promise((resolve) => setTimeout(resolve))
  return over
}
