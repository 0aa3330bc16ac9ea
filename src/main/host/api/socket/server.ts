import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { ExitlabError } from '../../../../shared/error.ts'
import type { Workspace } from '../../../store/workspace.ts'
import { router } from '../index.ts'
import type { HostServices } from '../../services.ts'
import { makeSocketFolder, socketAddress } from './address.ts'
import { serveConnection } from './connection.ts'

/** More than any request has; the answers may be larger. */
const largestMessage = 16 << 20
/** For clients to take what was sent to them. */
const closingMilliseconds = 1_000
/** Named pipes of Windows are none. */
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
  const handler = new RPCHandler(router)
  sockets.on('connection', (socket) => serveConnection(socket, handler, services))
  await listening(sockets, () => bind(server, address)).catch((error: Error) => {
    if (error instanceof ExitlabError) throw error
    throw new ExitlabError('disk', `The host cannot listen at ${address}: ${error.message}.`, { cause: error })
  })
  sockets.on('error', ({ message }) => services.recorder.log(connectionRefused(message)))
  return {
    address,
    async close() {
      // What followers were told last is still on its way to their sockets.
      await setImmediate()
      const gone = new Promise((resolve) => server.close(resolve))
      // Those that never became web sockets.
      server.closeAllConnections()
      await Promise.all([...sockets.clients].map(endConnection))
      await gone
      if (isFile) rmSync(address, { force: true })
    },
  }
}

function bind(server: Server, address: string): void {
  if (isFile) {
    makeSocketFolder(address)
    // Whoever made it is dead: the lock is ours.
    rmSync(address, { force: true })
  }
  server.listen(address)
}

/** The web sockets' server hands on what befalls the server below it. */
async function listening(sockets: WebSocketServer, begin: () => void): Promise<void> {
  const heard = once(sockets, 'listening')
  begin()
  await heard
}

function connectionRefused(reason: string) {
  const message = `Another process could not be let in: ${reason}.`
  return { level: 'warning' as const, run: null, phase: null, message }
}

/** Says goodbye after what was sent before; who does not answer is cut off. */
function endConnection(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), closingMilliseconds)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(1001)
  })
}
