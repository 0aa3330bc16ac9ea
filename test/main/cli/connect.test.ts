import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { HostEvent } from '../../../src/shared/phases/events.ts'
import { connect } from '../../../src/main/cli/connect.ts'
import type { ConnectOptions, Connection } from '../../../src/main/cli/context.ts'
import { relay } from '../../../src/main/cli/reconnecting-client.ts'
import { bench, experiment, hostSettings, refusal, temporaryFolder, untilStatus } from '../host/support.ts'
import { openHost } from '../../../src/main/host/open/index.ts'
import { connectToHost } from '../../../src/main/host/api/socket/client.ts'
import { findRunningHost } from '../../../src/main/host/api/socket/running-host.ts'
import { patienceMilliseconds } from '../../support/patience.ts'
import { writeScript } from '../../support/fake-trainer/script.ts'

async function connected(options: ConnectOptions): Promise<Connection> {
  const connection = await connect(options)
  onTestFinished(() => connection[Symbol.asyncDispose]())
  return connection
}

test('a workspace that a running host has open is reached through that host, for reading and for training', async () => {
  const { open, workspace } = bench({ holdAtStep: 1 })
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  for (const purpose of ['read', 'control', 'train'] as const) {
    const other = await connected({ purpose, workspace })
    expect((await other.client.system.info()).host!.pid).toBe(process.pid)
  }
  const controller = await connected({ purpose: 'control', workspace })
  await controller.client.runs.pause({ runs: ['toy'] })
  expect((await client.runs.list({}))[0]!.status).toBe('paused')
})

test('without a running host, reading locks nothing, and changing the queue trains nothing', async () => {
  const { open, workspace, journal } = bench({ holdAtStep: 1 })
  const first = await open()
  const { runs } = await first.client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(first.client, runs[0]!.id, 'running')
  await first.client.runs.pause({ runs: ['toy'] })
  await first.close()
  const lines = journal().length
  const reader = await connected({ purpose: 'read', workspace })
  expect((await reader.client.system.info()).host).toBeNull()
  const controller = await connected({ purpose: 'control', workspace })
  expect((await controller.client.runs.resume({ runs: ['toy'] })).runs[0]!.status).toBe('queued')
  await controller[Symbol.asyncDispose]()
  expect((await reader.client.runs.list({}))[0]!.status).toBe('queued')
  expect(journal()).toHaveLength(lines)
})

test('a copy of a workspace that a host has open is another workspace', async () => {
  const { open, workspace } = bench({ holdAtStep: 1 })
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  const copy = join(temporaryFolder(), 'copy')
  cpSync(workspace, copy, { recursive: true, filter: (path) => !lstatSync(path).isSocket() })
  const reader = await connected({ purpose: 'read', workspace: copy })
  expect((await reader.client.system.info()).host).toBeNull()
  const controller = await connected({ purpose: 'control', workspace: copy })
  await controller.client.runs.pause({ runs: ['toy'] })
  expect((await controller.client.runs.list({}))[0]!.status).toBe('paused')
  expect((await client.runs.list({}))[0]!.status).toBe('running')
})

test('settings that the running host does not have are refused', async () => {
  const { open, workspace } = bench()
  await open()
  const error = await connect({ purpose: 'train', workspace, parallel: 3 }).catch((refused: Error) => refused)
  expect((error as Error).message).toContain('has --parallel 1, --parallel 3 is not available there')
  await connected({ purpose: 'train', workspace, parallel: 1 })
  const card = await connect({ purpose: 'train', workspace, device: 'cuda:1' }).catch((refused: Error) => refused)
  expect((card as Error).message).toContain('trains on cpu, --device cuda:1 is not available there')
})

test('a host that was started for a card is joined with the same device, before any trainer reported its device', async () => {
  const { open, workspace } = bench()
  await open({ device: 'cuda' })
  const { client } = await connected({ purpose: 'train', workspace, device: 'cuda' })
  expect(await client.system.info()).toMatchObject({ host: { device: 'cuda' }, device: null })
})

test('a reader answers for the device that it is asked for', async () => {
  const { client } = await connected({ purpose: 'read', workspace: temporaryFolder(), device: 'cuda:731' })
  const details = (await client.system.doctor()).map(({ detail }) => detail)
  expect(details).toContainEqual(expect.stringContaining('The device cuda:731 was requested'))
})

test('the death of a host during a call is reported', async () => {
  const workspace = temporaryFolder()
  const fake = temporaryFolder()
  writeScript(fake, { holdAtStep: 1 })
  const entry = fileURLToPath(new URL('../../support/host-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, workspace, fake])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const { client, alive } = (await connectToHost(findRunningHost(workspace)!, patienceMilliseconds))!
  const stream = await client.events.follow({ after: 'elsewhere.1' })
  expect((await stream.next()).value).toMatchObject({ type: 'reset' })
  const next = refusalOfStream(stream)
  child.kill('SIGKILL')
  expect(await next).toContain('The host of this workspace ended before it responded')
  expect(alive()).toBe(false)
  await expect(client.runs.list({})).rejects.toThrow('The host of this workspace ended')
  expect(await connectToHost(findRunningHost(workspace)!)).toBeNull()
})

async function refusalOfStream(stream: AsyncIterator<unknown>): Promise<string> {
  for (;;) {
    const result = await stream.next().catch((error: Error) => error)
    if (result instanceof Error) return result.message
    if (result.done) return 'it ended'
  }
}

test('a follower of a host that ends takes over its work, and has to read everything anew', async () => {
  const { open, workspace, script } = bench({ holdAtStep: 1 })
  const first = await open()
  const fake = temporaryFolder()
  const reach = async () => {
    const place = findRunningHost(workspace)
    const live = place === null ? null : await connectToHost(place)
    if (live !== null) return { ...live, own: false }
    const host = await openHost(hostSettings(workspace, fake))
    return { ...host, own: true, alive: () => true }
  }
  const second = relay(await reach(), reach)
  onTestFinished(() => second.close())
  const events: HostEvent['type'][] = []
  const following = (async () => {
    for await (const event of await second.client.events.follow({})) {
      events.push(event.type)
      if (event.type === 'run' && event.run.status === 'done') return event.run.name
    }
  })()
  const { runs } = await second.client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(second.client, runs[0]!.id, 'running')
  script({})
  await first.close()
  expect(await following).toBe('toy-joint-s1')
  expect(events).toContain('reset')
  expect((await second.client.runs.list({}))[0]!.status).toBe('done')
})

test('a workspace whose path is too long for a socket is served', async () => {
  const { open } = bench()
  const workspace = join(temporaryFolder(), 'a folder with a long name '.repeat(8).trim())
  const { client } = await open({ workspace })
  const other = await connected({ purpose: 'control', workspace })
  expect((await other.client.system.info()).host!.pid).toBe(process.pid)
  expect((await refusal(other.client.runs.show({ run: 'none' }))).code).toBe('not-found')
  expect(await client.runs.list({})).toEqual([])
})

test('a follower of a training misses no event between the call and the first event requested', async () => {
  const { open, workspace } = bench({ holdAtStep: 1 })
  await open()
  const { client } = await connected({ purpose: 'train', workspace })
  const events = await client.events.follow({})
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  expect((await events.next()).value).toMatchObject({ type: 'run', run: { id: runs[0]!.id, status: 'queued' } })
})
