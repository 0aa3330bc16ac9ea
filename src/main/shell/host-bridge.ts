import type { HostMessage, PortData, ShellMessage } from '../../shared/window/desktop-link.ts'

/** The shell's end of a connection of the page. */
export interface PagePort {
  post(data: PortData): void
  close(): void
  /** Starts listening. Earlier messages are delivered first. */
  listen(listeners: { data(data: PortData): void; closed(): void }): void
}

export interface HostBridge {
  /** Joins a connection of the page to the host that is running. */
  join(port: PagePort): void
  receive(message: Extract<HostMessage, { port: number }>): void
  /** Ends all connections, as the host at their other end is gone, or the page. */
  closeAll(): void
}

/** Forwards messages between connections of the page and the host, which are numbered. */
export function bridgePorts(send: (message: ShellMessage) => void): HostBridge {
  const ports = new Map<number, PagePort>()
  let last = 0

  function join(port: PagePort): void {
    const number = ++last
    ports.set(number, port)
    send({ type: 'open', port: number })
    port.listen({
      data(data) {
        if (ports.has(number)) send({ type: 'data', port: number, data })
      },
      closed() {
        if (ports.delete(number)) send({ type: 'close', port: number })
      },
    })
  }

  function close(number: number): void {
    const port = ports.get(number)
    ports.delete(number)
    port?.close()
  }

  return {
    join,
    receive(message) {
      if (message.type === 'data') ports.get(message.port)?.post(alone(message.data))
      else close(message.port)
    },
    closeAll() {
      for (const number of [...ports.keys()]) {
        close(number)
        send({ type: 'close', port: number })
      }
    },
  }
}

/** Bytes that came out of a larger buffer would take all of it along. */
function alone(data: PortData): PortData {
  return typeof data === 'string' || data.byteLength === data.buffer.byteLength ? data : new Uint8Array(data)
}
