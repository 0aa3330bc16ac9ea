import type { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import type { HostServices } from '../../services.ts'
import { isProtocolMessage } from '../protocol.ts'

/** Answers the calls of one connection. Who speaks another language is cut off; the others are served on. */
export function serveConnection(socket: WebSocket, handler: RPCHandler<HostServices>, context: HostServices): void {
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
