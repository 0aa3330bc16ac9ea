// @vitest-environment happy-dom
import { MessageChannel } from 'node:worker_threads'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { describe, expect, it } from 'vitest'
import { openPortLink } from '../../../src/renderer/api/host.ts'
import type { ShellBridge } from '../../../src/shared/window/shell.ts'

const handler = new RPCHandler({ greet: os.handler(() => 'hello') })

/** A shell that hands over a port to a host, as the preload script does. */
function shellWith(hand: (port: MessagePort) => void): ShellBridge {
  return {
    connect() {
      const { port1, port2 } = new MessageChannel() as unknown as globalThis.MessageChannel
      handler.upgrade(port1)
      port1.start()
      hand(port2)
    },
  } as ShellBridge
}
const post = (source: unknown, data: string, port: MessagePort) =>
  window.dispatchEvent(Object.assign(new MessageEvent('message', { data }), { source, ports: [port] }))

describe('a link through the shell', () => {
  it('calls the host at the other end of the port', async () => {
    const link = await openPortLink(shellWith((port) => post(window, 'exitlab:port', port)))
    expect(await link.rpc.call(['greet'], undefined, { context: {} })).toBe('hello')
    link.close()
  })

  it('accepts a port only from its own window', async () => {
    let own: MessagePort | undefined
    const opening = openPortLink(
      shellWith((port) => {
        post({}, 'exitlab:port', new MessageChannel().port1 as unknown as MessagePort)
        post(window, 'something else', new MessageChannel().port1 as unknown as MessagePort)
        own = port
      }),
    )
    expect(await Promise.race([opening, new Promise((resolve) => setTimeout(resolve, 50, 'waiting'))])).toBe('waiting')
    post(window, 'exitlab:port', own!)
    const link = await opening
    expect(await link.rpc.call(['greet'], undefined, { context: {} })).toBe('hello')
    link.close()
  })

  it('is closed when the host ends', async () => {
    let other: MessagePort | undefined
    const shell = {
      connect() {
        const { port1, port2 } = new MessageChannel() as unknown as globalThis.MessageChannel
        other = port1
        post(window, 'exitlab:port', port2)
      },
    } as ShellBridge
    const link = await openPortLink(shell)
    let closed = false
    void link.closed.then(() => (closed = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(closed).toBe(false)
    other!.close()
    await expect.poll(() => closed).toBe(true)
  })
})
