import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { servedBy } from '../../../../../src/main/host/api/served.ts'
import type { Host } from '../../../../../src/main/host/open/index.ts'
import { openWeb, type WebOptions, type WebServer } from '../../../../../src/main/host/api/web/server.ts'
import { bench, temporaryFolder, type Bench } from '../../support.ts'

/** A page of three files, as a build makes them. */
export function writePage(folder = temporaryFolder()): string {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="./assets/app-1a2b.js"></script>')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'document.title = "page"')
  writeFileSync(join(folder, '.hidden'), 'hidden')
  return folder
}

export interface ServedWeb extends Bench {
  host: Host
  web: WebServer
  page: string
}

/** A host with a fake trainer that serves browsers. */
export async function serveWeb(
  { script, ...options }: Partial<WebOptions> & { script?: Parameters<typeof bench>[0] } = {},
  opened = bench(script),
): Promise<ServedWeb> {
  const page = options.page ?? writePage()
  let web: WebServer | undefined
  const host = await opened.open({
    entrances: [
      async (services) =>
        (web = await openWeb(servedBy(services), { host: '127.0.0.1', port: 0, public: false, page, ...options })),
    ],
  })
  return { ...opened, host, web: web!, page }
}

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

export interface Asked {
  method?: string
  headers?: OutgoingHttpHeaders
  body?: string
}

/** Asks for a path exactly as it is given, which `fetch` would tidy up. */
export async function ask(
  { port }: WebServer,
  path: string,
  { method = 'GET', headers, body }: Asked = {},
): Promise<Answer> {
  const request = httpRequest({ port, host: '127.0.0.1', path, method, headers })
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return { status: response.statusCode!, headers: response.headers, text: await text(response) }
}

export const originOf = ({ port }: WebServer) => `http://127.0.0.1:${port}`
export const tokenOf = (address: string) => new URL(address).hash.replace('#token=', '')

/** Shows a token as the page does. */
export function showToken(web: WebServer, token: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return ask(web, '/session', {
    method: 'POST',
    headers: { origin: originOf(web), ...headers },
    body: JSON.stringify({ token }),
  })
}

/** The `Cookie` of a new session. */
export async function openSession(web: WebServer): Promise<string> {
  const { headers } = await showToken(web, tokenOf(web.address))
  return headers['set-cookie']![0]!.split(';')[0]!
}

/** Tries to open a web socket. @returns it, or the status with which it was refused. */
export async function knock(web: WebServer, headers: OutgoingHttpHeaders, path = '/rpc'): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${web.port}${path}`, {
    headers: { ...headers } as Record<string, string>,
  })
  onTestFinished(() => socket.terminate())
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode!)
      request.destroy()
    })
    socket.once('error', reject)
  })
}

/** A client of the API, as a page has it. */
export async function webClient(web: WebServer): Promise<{ client: HostClient; socket: WebSocket }> {
  const socket = await knock(web, { cookie: await openSession(web), origin: originOf(web) })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  socket.binaryType = 'arraybuffer'
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { client: createORPCClient(link), socket }
}
