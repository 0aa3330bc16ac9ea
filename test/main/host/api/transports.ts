import { onTestFinished } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { connectToHost } from '../../../../src/main/host/api/socket/client.ts'
import { findRunningHost } from '../../../../src/main/host/api/socket/running-host.ts'
import type { Host } from '../../../../src/main/host/open/index.ts'
import { bench, type Bench } from '../support.ts'
import { serveWeb, webClient } from './web/support.ts'
import { portEntrance } from './port.ts'

/** One bench with a host, and a client that talks to it over a transport. */
export interface Served extends Bench {
  host: Host
  client: HostClient
}

/** Ways to talk to a host. */
export const transports: readonly [name: string, serve: (...args: Parameters<typeof bench>) => Promise<Served>][] = [
  [
    'in process',
    async (script) => {
      const opened = bench(script)
      const host = await opened.open()
      return { ...opened, host, client: host.client }
    },
  ],
  [
    'over a socket',
    async (script) => {
      const opened = bench(script)
      const host = await opened.open()
      const connected = (await connectToHost(findRunningHost(opened.workspace)!))!
      onTestFinished(() => connected.close())
      return { ...opened, host, client: connected.client }
    },
  ],
  [
    'over a message port',
    async (script) => {
      const opened = bench(script)
      const { enter, connect } = portEntrance()
      const host = await opened.open({ entrances: [enter] })
      return { ...opened, host, client: connect().client }
    },
  ],
  [
    'over a browser’s web socket',
    async (script) => {
      const served = await serveWeb({ script })
      return { ...served, client: (await webClient(served.web)).client }
    },
  ],
]
