import { connect as connectSocket } from 'node:net'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { HostClient } from '../../../../shared/contract.ts'
import { ExitlabError } from '../../../../shared/error.ts'

export interface SocketClient {
  client: HostClient
  /** Whether the host can still be talked to. */
  alive(): boolean
  close(): Promise<void>
}

/** Connects to the host that listens at an address. Null where nobody does any more. */
export async function connectToHost(address: string): Promise<SocketClient | null> {
  const socket = new WebSocket('ws://exitlab/', { createConnection: () => connectSocket(address), maxPayload: 0 })
  socket.binaryType = 'arraybuffer'
  if (!(await opened(socket))) return null
  const alive = () => socket.readyState === WebSocket.OPEN
  const lost = (error: unknown) => (error instanceof ORPCError || alive() ? error : hostLost(error))
  const link = new RPCLink({
    websocket: socket as unknown as globalThis.WebSocket,
    interceptors: [
      async ({ next }) => {
        try {
          const answer = await next()
          return isStream(answer) ? streamUntilLost(answer, lost) : answer
        } catch (error) {
          throw lost(error)
        }
      },
    ],
  })
  return { client: createORPCClient(link), alive, close: () => closed(socket) }
}

function hostLost(cause: unknown): ExitlabError {
  return new ExitlabError(
    'conflict',
    'The host of this workspace ended before it answered. Nothing is lost: run the command again.',
    { cause },
  )
}

/** Resolves to whether the connection came about: a dead host's socket refuses, or is not there. */
function opened(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(true))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')) resolve(false)
      else
        reject(new ExitlabError('workspace-in-use', `The host of this workspace cannot be reached: ${error.message}.`))
    })
  })
}

function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve()
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
    socket.close()
  })
}

function isStream(answer: unknown): answer is AsyncIteratorObject<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
}

async function* streamUntilLost(stream: AsyncIteratorObject<unknown>, lost: (error: unknown) => unknown) {
  try {
    yield* stream
  } catch (error) {
    throw lost(error)
  }
}
