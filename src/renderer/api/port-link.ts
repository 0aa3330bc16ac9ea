import { RPCLink } from '@orpc/client/message-port'
import type { ShellBridge } from '../../shared/shell.ts'
import type { Link } from './link.ts'

/** The shell hands a port over as soon as the host runs; one that takes longer is asked for anew. */
const portMilliseconds = 15_000

/** To the host that the desktop application runs. */
export async function openPortLink(shell: ShellBridge): Promise<Link> {
  const port = await receivedPort(shell)
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()))
  const rpc = new RPCLink({ port })
  port.start()
  return { rpc, closed, close: () => port.close() }
}

function receivedPort(shell: ShellBridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(() => reject(new Error('the host does not answer'))), portMilliseconds)
    const settle = (act: () => void) => {
      clearTimeout(late)
      window.removeEventListener('message', receive)
      act()
    }
    const receive = ({ source, data, ports: [port] }: MessageEvent) => {
      if (source === window && data === 'exitlab:port' && port !== undefined) settle(() => resolve(port))
    }
    window.addEventListener('message', receive)
    shell.connect()
  })
}
