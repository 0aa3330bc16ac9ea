import { EventEmitter } from 'node:events'
import { RPCHandler } from '@orpc/server/message-port'
import type { HostMessage, PortData, ShellMessage } from '../../../../shared/window/desktop-link.ts'
import { isProtocolMessage } from '../protocol.ts'
import type { Served } from '../served.ts'

/** More than any request has, in characters. */
const largestRequest = 16 << 20
/** A page that takes nothing any more is cut off here instead of filling the memory; it connects again and catches up. */
const mostUnsentBytes = 256 << 20

/** Takes a message for the shell; `sent` is called when it has left this process. */
type SendToShell = (message: HostMessage, sent: () => void) => void

/** Messages of the shell about the page's connections. */
export type PortMessage = Extract<ShellMessage, { port: number }>

interface Connection {
  /** Interface that oRPC's adapter expects of a message port. */
  port: EventEmitter & { postMessage(data: PortData): void }
  unsentBytes: number
}

/** Serves the API over the connections of the page that the shell hands on, each under its number. */
export function servePorts({ api }: Pick<Served, 'api'>, send: SendToShell) {
  const connections = new Map<number, Connection>()

  /** Closes a connection: its streams end, and the page is notified. */
  function cutOff(number: number): void {
    drop(number)
    send({ type: 'close', port: number }, () => {})
  }

  function drop(number: number): void {
    const connection = connections.get(number)
    connections.delete(number)
    connection?.port.emit('close')
  }

  function open(number: number): void {
    const served = api()
    if (served === null) return cutOff(number)
    const connection: Connection = { port: Object.assign(new EventEmitter(), { postMessage }), unsentBytes: 0 }
    function postMessage(data: PortData): void {
      if (connections.get(number) !== connection) return
      connection.unsentBytes += data.length
      if (connection.unsentBytes > mostUnsentBytes) return cutOff(number)
      send({ type: 'data', port: number, data }, () => (connection.unsentBytes -= data.length))
    }
    connections.set(number, connection)
    new RPCHandler(served.router).upgrade(connection.port, { context: served.context })
  }

  function deliver(number: number, data: PortData): void {
    const understood = data.length <= largestRequest && isProtocolMessage(data)
    if (understood) connections.get(number)?.port.emit('message', { data })
    else cutOff(number)
  }

  return {
    /** Takes the shell's messages about them. */
    receive(message: PortMessage): void {
      if (message.type === 'open') open(message.port)
      else if (message.type === 'close') drop(message.port)
      else deliver(message.port, message.data)
    },
    /** Closes those that there are. */
    cut: () => [...connections.keys()].forEach(cutOff),
  }
}
