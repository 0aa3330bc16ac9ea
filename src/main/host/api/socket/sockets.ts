import { setImmediate } from 'node:timers/promises'
import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket, WebSocketServer } from 'ws'
import { router } from '../index.ts'
import type { HostServices } from '../../services.ts'
import { isProtocolMessage } from '../protocol.ts'

/** More than any request has; the answers may be larger. */
export const largestMessage = 16 << 20
/** For clients to take what was sent to them. */
const closingMilliseconds = 1_000

/** Answers the calls of everybody whom a server of web sockets lets in. @returns how to say goodbye to them all. */
export function serveSockets(sockets: WebSocketServer, services: HostServices): () => Promise<void> {
  const handler = new RPCHandler(router)
  sockets.on('connection', (socket) => serveConnection(socket, handler, services))
  return async () => {
    // What followers were told last is still on its way to their sockets.
    await setImmediate()
    await Promise.all([...sockets.clients].map(endConnection))
  }
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

/** Answers the calls of one connection. Who speaks another language is cut off; the others are served on. */
function serveConnection(socket: WebSocket, handler: RPCHandler<HostServices>, context: HostServices): void {
  // A frame that is too large or none at all. That the connection ends is told by `close`.
  socket.on('error', () => socket.terminate())
  const understood = {
    // Settles once it is on its way: who reads slowly is told slowly, and what waits for it does so in the log, which forgets.
    send: (message: string | Uint8Array) => new Promise<void>((sent) => socket.send(message, () => sent())),
    addEventListener: (type: string, listener: (event: unknown) => void) =>
      type === 'message'
        ? socket.addEventListener('message', (event) =>
            isProtocolMessage(event.data) ? listener(event) : socket.terminate(),
          )
        : socket.addEventListener(type as 'close', listener),
  }
  void handler.upgrade(understood, { context })
}
