import { inject } from 'vue'
import type { App, InjectionKey } from 'vue'
import type { HostClient } from '../../shared/contract.ts'
import { clientOver } from './client.ts'
import { connect } from './connection.ts'
import type { Connection } from './connection.ts'
import { openPortLink } from './port-link.ts'
import { shell } from './shell.ts'
import { openSocketLink } from './socket-link.ts'

/** The host and the link to it, as an app provides them to its components and stores. */
export interface Host {
  /** Calls that are made while there is no link wait for it, ten seconds at most. */
  client: HostClient
  connection: Pick<Connection, 'state' | 'nextAttemptAt' | 'retry'>
}

const key: InjectionKey<Host> = Symbol('host')

/** Connects to the host around the page: the desktop application's, or the one that served it. */
export function openHost(): Host {
  const connection = connect(() => (shell === null ? openSocketLink() : openPortLink(shell)))
  return { client: clientOver(connection), connection }
}

export function provideHost(app: App, host: Host): void {
  app.provide(key, host)
}

/** The host of this app. Answers that are shown are asked for through `useAnswer`. */
export function useHost(): Host {
  const host = inject(key, null)
  if (host === null) throw new Error('no host is provided to this app')
  return host
}
