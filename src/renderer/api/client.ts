import { createORPCClient, ORPCError } from '@orpc/client'
import type { ClientContext, ClientLink } from '@orpc/client'
import type { HostClient } from '../../shared/contract.ts'
import { connect } from './connection.ts'
import type { Connection } from './connection.ts'
import { ConnectionLost } from './errors.ts'
import { openPortLink } from './port-link.ts'
import { shell } from './shell.ts'
import { openSocketLink } from './socket-link.ts'

export const connection = connect(() => (shell === null ? openSocketLink() : openPortLink(shell)))

/** The host, through whatever link is up. Calls that are made while there is none wait for it, ten seconds at most. */
export const client: HostClient = clientOver(connection)

/** A client whose calls take the link that is up when they are made. */
export function clientOver(connection: Connection): HostClient {
  const relay: ClientLink<ClientContext> = {
    async call(path, input, options) {
      const link = await connection.link(options.signal)
      const lost = watched(link.closed)
      try {
        return await link.rpc.call(path, input, options)
      } catch (error) {
        if (error instanceof ORPCError || options.signal?.aborted || !(await lost())) throw error
        throw new ConnectionLost(error)
      }
    },
  }
  return createORPCClient(relay)
}

/** Whether a promise has settled; asked a moment later, for a link's calls end just before the link does. */
function watched(closed: Promise<void>): () => Promise<boolean> {
  let over = false
  void closed.then(() => (over = true))
  return () => new Promise((resolve) => setTimeout(() => resolve(over)))
}
