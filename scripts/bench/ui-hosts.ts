import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openHost, type Host } from '../../src/main/host/index.ts'
import { openWeb } from '../../src/main/host/web/server.ts'

export interface ServedHost {
  host: Host
  /** With its token. */
  address: string
}

/** Serves a workspace whose runs cannot be trained, with a page that was built into a folder. */
export async function serveStill(workspace: string, page: string): Promise<ServedHost> {
  let address = ''
  const host = await openHost({
    workspace,
    train: false,
    entrances: [
      async (services) => {
        const web = await openWeb(services, { host: '127.0.0.1', port: 0, public: false, page })
        address = web.address
        return web
      },
    ],
  })
  return { host, address }
}

/** Starts `exitlab serve` as a user does. @returns once it has printed its address */
export async function startServing(workspace: string): Promise<{ address: string; process: ChildProcess }> {
  const entry = fileURLToPath(new URL('../../src/main/cli/index.ts', import.meta.url))
  const command = [entry, 'serve', '--workspace', workspace, '--port', '0', '--no-open']
  const serve = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  for await (const text of serve.stdout.setEncoding('utf8')) {
    printed += text
    const address = /http:\/\/\S+#token=\S+/.exec(printed)?.[0]
    if (address !== undefined) return { address, process: serve }
  }
  throw new Error(`exitlab serve ended: ${printed}`)
}
