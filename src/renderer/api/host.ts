import { inject, type App, type InjectionKey } from 'vue'
import type { HostClient } from '../../contract/index.ts'
import { connect, type Connection } from './connection.ts'
import { shell } from './shell.ts'
import { openSocketLink } from './socket-link.ts'
import { createORPCClient, ORPCError, type ClientContext, type ClientLink } from '@orpc/client'
import { ConnectionLost } from './errors.ts'
import type { Link } from './link.ts'
import { RPCLink } from '@orpc/client/message-port'
import type { ShellBridge } from '../../shared/window/shell.ts'

/** The host and the link to it, as an app provides them to its components and stores. */
interface Host {
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

/** The host of this app. Requests whose responses are shown go through `useRequest`. */
export function useHost(): Host {
  const host = inject(key, null)
  if (host === null) throw new Error('no host is provided to this app')
  return host
}

/** A client whose calls use the link that is open when they are made. */
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
 * Whether a link has closed; checked in the next turn, since a link's calls end just before the link does. Checked only after a call
 * has failed: awaiting `closed` in every call would retain the calls for as long as the link is open.
 */
async function isOver({ closed }: Link): Promise<boolean> {
  let over = false
  void closed.then(() => (over = true))
  await new Promise((resolve) => setTimeout(resolve))
  return over
}

/** The shell hands a port over as soon as the host runs; one that takes longer is asked for anew. */
const portMilliseconds = 15_000

/** To the host that the desktop application runs. */
export async function openPortLink(shell: ShellBridge): Promise<Link> {
  const port = await receivedPort(shell)
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()))
  const rpc = new RPCLink({ port })
  port.start()
  return { rpc, closed, close: () => port.close() }
}

function receivedPort(shell: ShellBridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(() => reject(new Error('the host does not answer'))), portMilliseconds)
    const settle = (act: () => void) => {
      clearTimeout(late)
      window.removeEventListener('message', receive)
      act()
    }
    const receive = ({ source, data, ports: [port] }: MessageEvent) => {
      if (source === window && data === 'exitlab:port' && port !== undefined) settle(() => resolve(port))
    }
    window.addEventListener('message', receive)
    shell.connect()
  })
}
