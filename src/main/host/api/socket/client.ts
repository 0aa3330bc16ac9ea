import { connect as connectSocket } from 'node:net'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { HostClient } from '../../../../contract/index.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { RunningHost } from './running-host.ts'

export interface SocketClient {
  client: HostClient
  /** Whether the host can still be talked to. */
  alive(): boolean
  /** Resolves when it can be talked to no longer. */
  ended: Promise<void>
  close(): Promise<void>
}

/**
 * Time limit for the greeting; a host that does not greet is stopped, stuck, or not a host. One that works greets
 * at once, but on a machine whose processors have ten programs each it has taken more than ten seconds.
 */
const greetingMilliseconds = 60_000

/** Connects to a host. Null if none is listening. @throws ExitlabError `workspace-in-use` if it does not respond. */
export async function connectToHost(
  host: RunningHost,
  handshakeTimeout = greetingMilliseconds,
): Promise<SocketClient | null> {
  const createConnection = () => connectSocket({ path: host.address, timeout: handshakeTimeout })
  const socket = new WebSocket('ws://exitlab/', { createConnection, handshakeTimeout, maxPayload: 0 })
  socket.binaryType = 'arraybuffer'
  if (!(await opened(socket, host))) return null
  const alive = () => socket.readyState === WebSocket.OPEN
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
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
  return { client: createORPCClient(link), alive, ended, close: () => closed(socket) }
}

function hostLost(cause: unknown): ExitlabError {
  return new ExitlabError(
    'conflict',
    'The host of this workspace ended before it responded. Nothing was lost. Try again.',
    { cause },
  )
}

function unreachable(pid: number, cause: NodeJS.ErrnoException): ExitlabError {
  if (cause.code === 'EACCES' || cause.code === 'EPERM') return ofOtherUser(pid, cause)
  return new ExitlabError(
    'workspace-in-use',
    `The host of this workspace, process ${pid}, does not respond (${cause.message}). Continue that process if it is ` +
      `stopped, or end it and run the command again: its runs resume from their last checkpoints.`,
    { cause },
  )
}

function ofOtherUser(pid: number, cause: Error): ExitlabError {
  return new ExitlabError(
    'workspace-in-use',
    `Process ${pid} has this workspace open, and this user may not connect to it (${cause.message}): only the user who started it may. ` +
      'Run the command as that user, or end the process first.',
    { cause },
  )
}

/** Resolves to whether the connection came about: a dead host's socket refuses, or is not there. */
function opened(socket: WebSocket, { pid }: RunningHost): Promise<boolean> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(true))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')) resolve(false)
      else reject(unreachable(pid, error))
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
