import { setImmediate } from 'node:timers/promises'
import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket, WebSocketServer } from 'ws'
import { isProtocolMessage } from '../protocol.ts'
import type { Served, ServedApi } from '../served.ts'

/** More than any request has; the answers may be larger. */
export const largestMessage = 16 << 20
/** Time for clients to read what was sent to them. */
const closingMilliseconds = 1_000
const goingAway = 1001
const tryAgainLater = 1013

/** Serves the calls of all connections that a web-socket server accepts. @returns a function that closes those there are. */
export function serveSockets(sockets: WebSocketServer, { api }: Pick<Served, 'api'>): () => Promise<void> {
  sockets.on('connection', (socket) => {
    const served = api()
    if (served === null) socket.close(tryAgainLater)
    else serveConnection(socket, served)
  })
  return async () => {
    // The last events are still being sent to their sockets.
    await setImmediate()
    await Promise.all([...sockets.clients].map(endConnection))
  }
}

/** Closes after pending messages; clients that do not confirm are disconnected. */
function endConnection(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), closingMilliseconds)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(goingAway)
  })
}

/** Serves the calls of one connection. Peers that send malformed frames are disconnected. */
function serveConnection(socket: WebSocket, { router, context }: ServedApi): void {
  // A frame that is too large or malformed; the end of the connection is reported by `close`.
  socket.on('error', () => socket.terminate())
  const understood = {
    // Back-pressure: resolves when the frame is flushed; slow readers fall behind in the bounded event log.
    send: (message: string | Uint8Array) => new Promise<void>((sent) => socket.send(message, () => sent())),
    addEventListener: (type: string, listener: (event: unknown) => void) =>
      type === 'message'
        ? socket.addEventListener('message', (event) =>
            isProtocolMessage(event.data) ? listener(event) : socket.terminate(),
          )
        : socket.addEventListener(type as 'close', listener),
  }
  void new RPCHandler(router).upgrade(understood, { context })
}
