import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { HostMessage } from '../../../../src/shared/window/desktop-link.ts'
import { localApi } from '../../../../src/main/host/api/served.ts'
import { servePorts } from '../../../../src/main/host/api/port/serve-ports.ts'
import type { HostServices } from '../../../../src/main/host/api/services.ts'
import { bench, until } from '../support.ts'
import { portEntrance } from './port.ts'

/** A megabyte of news. */
const line = { at: 0, level: 'info', run: null, phase: null, message: 'x'.repeat(1 << 20) }

const call = (i: string) => JSON.stringify({ i, p: { u: '/runs/list', b: { json: {} } } })

async function opened() {
  const entrance = portEntrance()
  await bench().open({ entrances: [entrance.enter] })
  return entrance
}

describe('the host behind a message port', () => {
  test.each([
    ['no message of the API', 'hello'],
    ['JSON of something else', '{"a": 1}'],
    ['an address that is none', JSON.stringify({ i: '1', p: { u: 'runs' } })],
    ['bytes', new Uint8Array([1, 2, 3])],
    ['a message that is too large', call('x'.repeat(16 << 20))],
  ])('disconnects a page that posts %s, and serves the others', async (_, garbage) => {
    const { connect } = await opened()
    const [bad, good] = [connect(), connect()]
    const closed = once(bad.port, 'close')
    bad.port.postMessage(garbage)
    await closed
    expect(await good.client.runs.list({})).toEqual([])
  })

  test('ends the streams of a page when its connection closes', async () => {
    const { connect, told, bridge } = await opened()
    const page = connect()
    const events = await page.client.events.follow({})
    const next = events.next().catch((error: Error) => error.name)
    page.port.close()
    await until(() => told.some(({ type }) => type === 'close'))
    bridge.closeAll()
    expect(await next).toBe('AbortError')
  })

  test('disconnects a page that reads nothing, instead of filling the memory', async () => {
    const sent: HostMessage[] = []
    const ended = Promise.withResolvers<void>()
    async function* flood() {
      try {
        for (let id = 1; ; id++) yield { type: 'log', cursor: `c.${id}`, line: { ...line, id } }
      } finally {
        ended.resolve()
      }
    }
    const services = { store: {}, whyMoved: () => null, events: { follow: flood } } as unknown as HostServices
    // What is sent never leaves: nobody calls back.
    const { receive } = servePorts({ api: () => localApi(services) }, (message) => void sent.push(message))
    receive({ type: 'open', port: 1 })
    receive({ type: 'data', port: 1, data: JSON.stringify({ i: '1', p: { u: '/events/follow', b: { json: {} } } }) })
    await ended.promise
    expect(sent.at(-1)).toEqual({ type: 'close', port: 1 })
    const megabytes = sent.reduce((sum, each) => sum + (each.type === 'data' ? each.data.length : 0), 0) / (1 << 20)
    expect(megabytes).toBeGreaterThan(240)
    expect(megabytes).toBeLessThan(256)
  })
})
