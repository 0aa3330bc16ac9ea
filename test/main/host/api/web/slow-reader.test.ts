import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { servedBy } from '../../../../../src/main/host/api/served.ts'
import type { HostServices } from '../../../../../src/main/host/api/services.ts'
import { openWeb, type WebServer } from '../../../../../src/main/host/api/web/server.ts'
import { bench } from '../../support.ts'
import { webClient, writePage } from './support.ts'

const batches = 5
/** Together more than the log keeps, each less. */
const linesOfBatch = 4000

test('events are not buffered for a suspended page: when it resumes, it is told to read everything anew', async () => {
  const { open } = bench()
  let services: HostServices | undefined
  let web: WebServer | undefined
  await open({
    entrances: [
      async (opened) => {
        services = opened
        return (web = await openWeb(servedBy(opened), { host: '127.0.0.1', port: 0, public: false, page: writePage() }))
      },
    ],
  })
  const { client, socket } = await webClient(web!)
  const following = await client.events.follow()
  socket.pause()
  for (let batch = 0; batch < batches; batch++) {
    for (let line = 0; line < linesOfBatch; line++) services!.events.publish(longLine)
    // Longer than it takes to hand all of it to somebody who reads.
    await setTimeout(400)
  }
  socket.resume()
  let told = 0
  for await (const { type } of following) {
    if (type === 'reset') break
    told++
  }
  expect(told).toBeLessThan(batches * linesOfBatch - 10_000)
})

const longLine = {
  type: 'log',
  line: { id: 1, at: 0, level: 'info', run: null, phase: null, message: 'x'.repeat(4096) },
} as const
