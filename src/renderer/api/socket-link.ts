import { RPCLink } from '@orpc/client/websocket'
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
  return { rpc: new RPCLink({ websocket: socket }), closed, close: () => socket.close() }
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
