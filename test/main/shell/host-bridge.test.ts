import { describe, expect, test } from 'vitest'
import type { PortData, ShellMessage } from '../../../src/shared/window/desktop-link.ts'
import { bridgePorts, type PagePort } from '../../../src/main/shell/host-bridge.ts'

/** A port of the page that the test speaks through. */
function fakePort() {
  const posted: PortData[] = []
  const port = {
    posted,
    isClosed: false,
    data: (_: PortData) => {},
    closed: () => {},
    post: (data: PortData) => void posted.push(data),
    close: () => void (port.isClosed = true),
    listen({ data, closed }: Parameters<PagePort['listen']>[0]) {
      port.data = data
      port.closed = closed
    },
  }
  return port
}

function bridged() {
  const sent: ShellMessage[] = []
  const bridge = bridgePorts((message) => void sent.push(message))
  return { bridge, sent }
}

describe('the bridge between page and host', () => {
  test('passes messages of several connections both ways without mixing them', () => {
    const { bridge, sent } = bridged()
    const [one, two] = [fakePort(), fakePort()]
    bridge.join(one)
    bridge.join(two)
    two.data('of two')
    one.data('of one')
    bridge.receive({ type: 'data', port: 1, data: 'to one' })
    bridge.receive({ type: 'data', port: 2, data: 'to two' })
    expect(sent).toEqual([
      { type: 'open', port: 1 },
      { type: 'open', port: 2 },
      { type: 'data', port: 2, data: 'of two' },
      { type: 'data', port: 1, data: 'of one' },
    ])
    expect([one.posted, two.posted]).toEqual([['to one'], ['to two']])
  })

  test('notifies the host once that the page has closed a connection, and drops later messages', () => {
    const { bridge, sent } = bridged()
    const port = fakePort()
    bridge.join(port)
    port.closed()
    port.closed()
    bridge.receive({ type: 'data', port: 1, data: 'late' })
    bridge.receive({ type: 'close', port: 1 })
    expect(sent).toEqual([
      { type: 'open', port: 1 },
      { type: 'close', port: 1 },
    ])
    expect([port.posted, port.isClosed]).toEqual([[], false])
  })

  test('closes the connection that the host cuts off, and no other', () => {
    const { bridge, sent } = bridged()
    const [one, two] = [fakePort(), fakePort()]
    bridge.join(one)
    bridge.join(two)
    bridge.receive({ type: 'close', port: 1 })
    one.closed()
    one.data('unheard')
    expect([one.isClosed, two.isClosed]).toEqual([true, false])
    expect(sent).toHaveLength(2)
  })

  test('closes all connections when the host ends; a new host never receives old numbers', () => {
    const { bridge, sent } = bridged()
    const [before, after] = [fakePort(), fakePort()]
    bridge.join(before)
    bridge.closeAll()
    bridge.join(after)
    before.data('unheard')
    expect([before.isClosed, after.isClosed]).toEqual([true, false])
    expect(sent.at(-1)).toEqual({ type: 'open', port: 2 })
  })

  test('sends bytes to the page without the buffer around them', () => {
    const { bridge } = bridged()
    const port = fakePort()
    bridge.join(port)
    bridge.receive({ type: 'data', port: 1, data: new Uint8Array(1_000).fill(7).subarray(10, 14) })
    const [bytes] = port.posted as [Uint8Array]
    expect([...bytes]).toEqual([7, 7, 7, 7])
    expect(bytes.buffer.byteLength).toBe(4)
  })
})
