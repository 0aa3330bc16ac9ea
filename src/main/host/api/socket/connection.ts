import type { RPCHandler } from '@orpc/server/ws'
import type { MessageEvent, WebSocket } from 'ws'
import { z } from 'zod'
import type { HostServices } from '../../services.ts'

const call = z.object({
  i: z.string(),
  t: z.literal(1).optional(),
  p: z.object({
    u: z.string().refine((url) => url.startsWith('/') || URL.canParse(url)),
    h: z.record(z.string(), z.string()).optional(),
  }),
})
const streamed = z.object({ i: z.string(), t: z.literal(3), p: z.object({}) })
const abort = z.object({ i: z.string(), t: z.literal(4) })

/** What a message must have to be one of the API's protocol; what it asks for is the API's to judge. */
const message = z.union([call, streamed, abort])

/** Answers the calls of one connection. Who speaks another language is cut off; the others are served on. */
export function serveConnection(socket: WebSocket, handler: RPCHandler<HostServices>, context: HostServices): void {
  // A frame that is too large or none at all. That the connection ends is told by `close`.
  socket.on('error', () => socket.terminate())
  const understood = {
    send: socket.send.bind(socket),
    addEventListener: (type: string, listener: (event: unknown) => void) =>
      type === 'message'
        ? socket.addEventListener('message', (event) => (isMessage(event) ? listener(event) : socket.terminate()))
        : socket.addEventListener(type as 'close', listener),
  }
  void handler.upgrade(understood, { context })
}

function isMessage({ data }: MessageEvent): boolean {
  if (typeof data !== 'string') return false
  try {
    return message.safeParse(JSON.parse(data)).success
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
