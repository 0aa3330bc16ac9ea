import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { onTestFinished } from 'vitest'
import type { HostMessage, PortData, ShellMessage } from '../../../../src/shared/window/desktop-link.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import { servedBy } from '../../../../src/main/host/api/served.ts'
import { servePorts, type PortMessage } from '../../../../src/main/host/api/port/serve-ports.ts'
import type { Entrance } from '../../../../src/main/host/open/index.ts'
import { bridgePorts, type HostBridge, type PagePort } from '../../../../src/main/shell/host-bridge.ts'

/** The desktop's way to a host, but for the processes: the shell's bridge, and messages as a child's channel passes them. */
export interface PortEntrance {
  enter: Entrance
  bridge: HostBridge
  /** What the shell tells the host. */
  told: ShellMessage[]
  /** A client as the page has it, at the other end of a message channel. */
  connect(): { client: HostClient; port: MessagePort }
}

export function portEntrance(): PortEntrance {
  let receive: (message: PortMessage) => void = () => {}
  const told: ShellMessage[] = []
  const bridge = bridgePorts((message) => {
    told.push(message)
    setImmediate(() => receive(structuredClone(message) as PortMessage))
  })
  const tell = (message: HostMessage, sent: () => void) =>
    setImmediate(() => {
      bridge.receive(structuredClone(message) as Extract<HostMessage, { port: number }>)
      sent()
    })
  return {
    told,
    bridge,
    async enter(services) {
      receive = servePorts(servedBy(services), tell).receive
      return { close: async () => {} }
    },
    connect() {
      const { port1, port2 } = new MessageChannel()
      bridge.join(pagePort(port1))
      const link = new RPCLink({ port: port2 })
      port2.start()
      onTestFinished(() => port2.close())
      return { client: createORPCClient<HostClient>(link), port: port2 }
    },
  }
}

/** The shell's end, on a port of Node instead of one of Electron. */
function pagePort(port: MessagePort): PagePort {
  return {
    post: (data) => port.postMessage(data),
    close: () => port.close(),
    listen({ data, closed }) {
      port.on('message', (value: PortData) => data(value))
      port.on('close', closed)
    },
  }
}
