import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { ExitlabError } from '../../../../shared/error.ts'
import type { Workspace } from '../../../store/workspace.ts'
import { router } from '../index.ts'
import type { HostServices } from '../../services.ts'
import { socketAddress } from './address.ts'

/** More than any request has; the answers may be larger. */
const largestMessage = 16 << 20
/** For clients to take what was sent to them. */
const closingMilliseconds = 1_000

export interface HostSocket {
  address: string
  close(): Promise<void>
}

/** Serves the API to other processes of this user, over web sockets on a Unix socket or named pipe. The caller holds the workspace's lock. */
export async function listen(workspace: Workspace, services: HostServices): Promise<HostSocket> {
  const address = socketAddress(workspace)
  const isFile = process.platform !== 'win32'
  // Whoever made it is dead: the lock is ours.
  if (isFile) rmSync(address, { force: true })
  const server = createServer()
  const sockets = new WebSocketServer({ server, maxPayload: largestMessage })
  const handler = new RPCHandler(router)
  sockets.on('connection', (socket) => void handler.upgrade(socket, { context: services }))
  await listening(server, address)
  if (isFile) chmodSync(address, 0o600)
  return {
    address,
    async close() {
      // What followers were told last is still on its way to their sockets.
      await setImmediate()
      const gone = new Promise((resolve) => server.close(resolve))
      await Promise.all([...sockets.clients].map(endConnection))
      await gone
      if (isFile) rmSync(address, { force: true })
    },
  }
}

function listening(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new ExitlabError('disk', `The host cannot listen at ${address}: ${error.message}.`, { cause: error })),
    )
    server.listen(address, resolve)
  })
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
