import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Workspace } from '../../../store/workspace.ts'
import type { HostServices } from '../services.ts'
import { servedBy } from '../served.ts'
import { makeSocketFolder, socketAddress } from './address.ts'
import { largestMessage, serveSockets } from './sockets.ts'

/** Named pipes of Windows are not files. */
const isFile = process.platform !== 'win32'

/**
 * Serves the API to other processes of this user, over web sockets on a Unix socket or named pipe. The caller holds the
 * workspace's lock.
 */
export async function listen(workspace: Workspace, services: HostServices) {
  const address = socketAddress(workspace)
  const served = servedBy(services)
  const server = createServer((_, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ server, maxPayload: largestMessage })
  const endConnections = serveSockets(sockets, served)
  await listening(sockets, () => bind(server, address)).catch((error: Error) => {
    if (error instanceof ExitlabError) throw error
    throw new ExitlabError('disk', `The host cannot listen at ${address}: ${error.message}.`, { cause: error })
  })
  sockets.on('error', ({ message }) => served.warn(`The connection of another process was refused: ${message}.`))
  return {
    address,
    async close(): Promise<void> {
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
