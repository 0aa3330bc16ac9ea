import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Served } from '../served.ts'
import { bind } from './bind.ts'
import { refuse, setSafetyHeaders } from './responses.ts'
import { openRpcEntrance, refuseUpgrade } from './rpc-entrance.ts'
import { answerSession } from './session-endpoint.ts'
import { sessionSecret } from './session-secret.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { openSite } from './site.ts'
import { isForUs, isFromOurPage, isLoopback } from './visitors.ts'

export interface WebOptions {
  /** Name or address of this machine to listen at. */
  host: string
  /** 0: any free port; null: the default port, else the next free one. */
  port: number | null
  /** Whether other machines may reach it. */
  public: boolean
  /** Folder of the built page. */
  page: string
}

export interface WebServer {
  port: number
  /** Address to open in a browser; it signs in anyone who knows it, until the server ends. */
  address: string
  /** The same for one use within a minute. */
  ticketAddress(): string
  /** Closes the connections of the pages that there are, which connect anew. */
  cut(): Promise<void>
  close(): Promise<void>
}

/** Serves the workbench to browsers: the page, sessions, and the API over web sockets. */
export async function openWeb(served: Served, options: WebOptions): Promise<WebServer> {
  requireLoopback(options)
  const site = openSite(options.page)
  const { workspace, warn, now } = served
  const sessions = createSessions({ secret: sessionSecret(workspace), workspace: workspace.folder }, now)
  const rpc = openRpcEntrance(served)
  const server = createServer((request, response) => {
    answer({ site, sessions, host: options.host }, request, response).catch((error: Error) => {
      warn(`A request of a browser failed: ${error.message}.`)
      response.destroy()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const refusal = upgradeRefusal(request, sessions, options.host)
    if (refusal === null) rpc.admit(request, socket, head)
    else refuseUpgrade(socket, refusal)
  })
  const port = await bind(server, options)
  server.on('error', ({ message }) => warn(`The connection of a browser was refused: ${message}.`))
  const addressWith = (token: string) => `http://${inAddress(options.host)}:${port}/#token=${token}`
  return {
    port,
    address: addressWith(sessions.token),
    ticketAddress: () => addressWith(sessions.ticket()),
    cut: () => rpc.cut(),
    async close() {
      const gone = new Promise((resolve) => server.close(resolve))
      await rpc.close()
      server.closeAllConnections()
      await gone
    },
  }
}

function requireLoopback({ host, public: isPublic }: WebOptions): void {
  if (isPublic && isLoopback(host))
    throw new ExitlabError(
      'usage',
      `--public lets other machines reach Exitlab, but ${host} is reached from this machine alone. Add --host 0.0.0.0, or a name or address of this machine.`,
    )
  if (isPublic || isLoopback(host)) return
  throw new ExitlabError(
    'usage',
    `--host ${host} would let other machines reach Exitlab over an unencrypted connection; anyone who intercepts the token ` +
      `can train, delete and write files as you. Omit --host and use the printed ssh -L command, ` +
      `or add --public if you trust this network.`,
  )
}

interface Parts {
  site: ReturnType<typeof openSite>
  sessions: Sessions
  host: string
}

async function answer({ site, sessions, host }: Parts, request: IncomingMessage, response: ServerResponse) {
  setSafetyHeaders(response)
  if (!isForUs(request, host)) return refuse(response, 403, 'Exitlab does not accept this host name.')
  if (request.url === '/session') return answerSession(sessions, request, response)
  if (request.method === 'GET' || request.method === 'HEAD') return site(request, response)
  response.setHeader('Allow', 'GET, HEAD')
  refuse(response, 405, 'There is nothing to do here.')
}

/** Why a web socket is not for this visitor; null where it is. */
function upgradeRefusal(request: IncomingMessage, sessions: Sessions, host: string): string | null {
  if (!isForUs(request, host) || !isFromOurPage(request)) return '403 Forbidden'
  if (request.url !== '/rpc') return '404 Not Found'
  return sessions.prolong(request.headers.cookie) === null ? '401 Unauthorized' : null
}

/** A machine that listens on all addresses is also reachable at its loopback. */
function inAddress(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
