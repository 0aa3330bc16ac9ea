import { once } from 'node:events'
import { rmSync, chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { ExitlabError } from '../../../../shared/error.ts'
import type { Workspace } from '../../../store/workspace.ts'
import type { HostServices } from '../../services.ts'
import { largestMessage, serveSockets } from './sockets.ts'
import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** Named pipes of Windows are not files. */
const isFile = process.platform !== 'win32'

export interface HostSocket {
  address: string
  close(): Promise<void>
}

/**
 * Serves the API to other processes of this user, over web sockets on a Unix socket or named pipe. The caller holds the
 * workspace's lock.
 */
export async function listen(workspace: Workspace, services: HostServices): Promise<HostSocket> {
  const address = socketAddress(workspace)
  const server = createServer((_, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ server, maxPayload: largestMessage })
  const endConnections = serveSockets(sockets, services)
  await listening(sockets, () => bind(server, address)).catch((error: Error) => {
    if (error instanceof ExitlabError) throw error
    throw new ExitlabError('disk', `The host cannot listen at ${address}: ${error.message}.`, { cause: error })
  })
  sockets.on('error', ({ message }) => services.recorder.log(connectionRefused(message)))
  return {
    address,
    async close() {
      const gone = new Promise((resolve) => server.close(resolve))
      // Connections that never became web sockets.
      server.closeAllConnections()
      await endConnections()
      await gone
      if (isFile) rmSync(address, { force: true })
    },
  }
}

function bind(server: Server, address: string): void {
  if (isFile) {
    makeSocketFolder(address)
    // Its owner is dead: this process holds the lock.
    rmSync(address, { force: true })
  }
  server.listen(address)
}

/** The web-socket server forwards errors of the server below it. */
async function listening(sockets: WebSocketServer, begin: () => void): Promise<void> {
  const heard = once(sockets, 'listening')
  begin()
  await heard
}

function connectionRefused(reason: string) {
  const message = `The connection of another process was refused: ${reason}.`
  return { level: 'warning' as const, run: null, phase: null, message }
}

/** Shortest platform limit for the path of a Unix socket (104 bytes on macOS). */
const longestPath = 100

/**
 * Where the host of a workspace listens: a socket within the workspace; where that path would be too long, one in the
 * system's folder for temporary files, or on Windows a named pipe, called after the workspace. Sockets lie in a folder of
 * their own.
 */
export function socketAddress({ folder }: Workspace, platform = process.platform): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (platform === 'win32') return `\\\\.\\pipe\\exitlab-${name}`
  const inside = join(folder, 'socket', 'host.sock')
  if (Buffer.byteLength(inside) <= longestPath) return inside
  return join(tmpdir(), `exitlab-${userInfo().uid}`, `${name}.sock`)
}

/**
 * Makes the folder of a socket, which nobody but this user may enter: a socket's own permissions come too late, after it
 * listens, and some systems ignore them. @throws ExitlabError `disk` where something of somebody else's is in its place.
 */
export function makeSocketFolder(address: string): void {
  const folder = dirname(address)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== userInfo().uid) {
    throw new ExitlabError(
      'disk',
      `The host cannot listen in ${folder}: expected a folder owned by this user. ` +
        `Remove it, or set TMPDIR to a folder of your own.`,
    )
  }
  chmodSync(folder, 0o700)
}
