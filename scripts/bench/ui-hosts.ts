import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { servedBy } from '../../src/main/host/api/served.ts'
import { openHost, type Host, type HostOptions } from '../../src/main/host/open/index.ts'
import { openWeb } from '../../src/main/host/api/web/server.ts'
import { builtPage } from '../../src/main/host/api/web/site.ts'
import { addressOf } from '../../test/e2e/support/serve-process.ts'

export interface ServedHost extends Host, AsyncDisposable {
  /** With its token. */
  address: string
}

/** A host, and a page that was built into a folder. */
export async function serveHost(options: HostOptions, page = builtPage): Promise<ServedHost> {
  let address = ''
  const host = await openHost({
    ...options,
    entrances: [
      async (services) => {
        const web = await openWeb(servedBy(services), { host: '127.0.0.1', port: 0, public: false, page })
        address = web.address
        return web
      },
    ],
  })
  return { ...host, address, [Symbol.asyncDispose]: () => host.close() }
}

/** A workspace whose runs cannot be trained. */
export const serveStill = (workspace: string, page: string) => serveHost({ workspace, train: false }, page)

/** Starts `exitlab serve` as a user does. @returns once it has printed its address */
export async function startServing(workspace: string): Promise<{ address: string; process: ChildProcess }> {
  const entry = fileURLToPath(new URL('../../src/main/cli/index.ts', import.meta.url))
  const command = [entry, 'serve', '--workspace', workspace, '--port', '0', '--no-open']
  const serve = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] })
  return { address: await addressOf(serve), process: serve }
}
