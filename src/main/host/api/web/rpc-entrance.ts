import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Served } from '../served.ts'
import { largestMessage, serveSockets } from '../socket/sockets.ts'

/** More than all tabs of a user; each keeps its own place in the host's log. */
const mostConnections = 64
/** Some networks drop idle tunnels, and a broken tunnel may not be reported. */
const heartbeatMilliseconds = 25_000

/** Opens the web sockets of the pages. */
export function openRpcEntrance(served: Served) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage })
  const endConnections = serveSockets(sockets, served)
  const heartbeat = setInterval(() => sockets.clients.forEach(beat), heartbeatMilliseconds)
  sockets.on('connection', (socket) => socket.on('pong', () => quiet.delete(socket)))
  return {
    /** Upgrades an authorised request to a web socket. */
    admit(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (served.api() === null || sockets.clients.size >= mostConnections)
        return refuseUpgrade(socket, '503 Service Unavailable')
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request))
    },
    /** Closes those that there are. */
    cut: endConnections,
    async close(): Promise<void> {
      clearInterval(heartbeat)
      await endConnections()
    },
  }
}

/** Connections that have not answered the last heartbeat. */
const quiet = new WeakSet<WebSocket>()

function beat(socket: WebSocket): void {
  if (quiet.has(socket)) return socket.terminate()
  quiet.add(socket)
  socket.ping()
}

export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
