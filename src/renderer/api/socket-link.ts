import { RPCLink } from '@orpc/client/websocket'
import type { ClientContext, ClientLink } from '@orpc/client'
import type { Link } from './link.ts'
import { checkSession, openSession } from './session.ts'

/** To the host that served this page. */
export async function openSocketLink(): Promise<Link> {
  await openSession()
  const socket = new WebSocket(socketAddress(location.href))
  socket.binaryType = 'arraybuffer'
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()))
  if (!(await opened(socket))) {
    await checkSession()
    throw new Error('the host does not answer')
  }
  const rpc = new RPCLink({ websocket: socket })
  const gone = Promise.withResolvers<void>()
  // The closing of a dead connection would wait for its other end.
  const end = watchSilence(rpc, () => gone.resolve())
  void closed.then(gone.resolve)
  void gone.promise.then(end).then(() => socket.close())
  return { rpc, closed: gone.promise, close: () => socket.close() }
}

/** `http://127.0.0.1:4000/#/runs` → `ws://127.0.0.1:4000/rpc` */
export function socketAddress(page: string): string {
  const address = new URL('rpc', page)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  address.hash = ''
  return address.href
}

function opened(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
    socket.addEventListener('close', () => resolve(false), { once: true })
  })
}

const everyMilliseconds = 20_000
const patienceMilliseconds = 10_000

/**
 * Asks something small now and then, and calls `silent` where no answer comes: a tunnel can go dead without closing, and
 * who only listens never learns of it. @returns what ends it.
 */
export function watchSilence(rpc: ClientLink<ClientContext>, silent: () => void): () => void {
  const timer = setInterval(() => {
    const late = setTimeout(silent, patienceMilliseconds)
    const heard = () => clearTimeout(late)
    // A refusal is an answer, too.
    rpc.call(['system', 'settings'], undefined, { context: {} }).then(heard, heard)
  }, everyMilliseconds)
  return () => clearInterval(timer)
}
