import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { connectToHost } from '../../../../src/main/host/api/socket/client.ts'
import { findRunningHost } from '../../../../src/main/host/api/socket/running-host.ts'
import { openWeb, type WebServer } from '../../../../src/main/host/api/web/server.ts'
import { openWorkbench, type SeenHost } from '../../../../src/main/host/open/workbench.ts'
import type { HostEvent } from '../../../../src/shared/phases/events.ts'
import { acquireHostLock } from '../../../../src/main/store/lock.ts'
import { openStoreReadOnly, prepareWorkspace } from '../../../../src/main/store/open.ts'
import { workspaceAt } from '../../../../src/main/store/workspace.ts'
import { numbersFrom } from '../../../support/numbers.ts'
import { patienceMilliseconds } from '../../../support/patience.ts'
import {
  bench,
  experiment,
  hostSettings,
  refusal,
  temporaryFolder,
  until,
  untilStatus,
  type Bench,
} from '../support.ts'
import { webClient, writePage } from '../api/web/support.ts'

const seed = Number(process.env.EXITLAB_TEST_SEED ?? randomInt(2 ** 31))

beforeAll(() => {
  process.stdout.write(`workbench.test.ts: EXITLAB_TEST_SEED=${seed}\n`)
})

/** A workbench in this process, served to browsers. */
async function workbench({ workspace, fakeFolder }: Pick<Bench, 'workspace' | 'fakeFolder'>) {
  const page = writePage()
  const seen: SeenHost[] = []
  let web: WebServer
  const opened = await openWorkbench({
    ...hostSettings(workspace, fakeFolder),
    ways: [async (served) => (web = await openWeb(served, { host: '127.0.0.1', port: 0, public: false, page }))],
    onHost: (host) => seen.push(host),
  })
  onTestFinished(() => opened.close())
  return { ...opened, seen, web: web! }
}

const entryOf = (name: string) => fileURLToPath(new URL(`../../../support/${name}.ts`, import.meta.url))

function startProcess(name: string, args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entryOf(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** A command in a process of its own that trains and is held at its first step. */
async function trainingProcess() {
  const opened = bench({ holdAtStep: 1 })
  const child = startProcess('host-process', [opened.workspace, opened.fakeFolder])
  await until(() => running(opened.workspace) > 0)
  return { ...opened, child }
}

function running(workspace: string): number {
  const store = existsSync(workspaceAt(workspace).database) ? openStoreReadOnly(workspace) : null
  const count = store?.runs.withStatus('running').length ?? 0
  store?.close()
  return count
}

test('a page of an attached workbench sees and does what a page of the host does, and says who trains', async () => {
  const opened = bench({ holdAtStep: 1 })
  const host = await opened.open({ command: 'run' })
  const { runs } = await host.client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(host.client, runs[0]!.id, 'running')
  const { web, seen, close } = await workbench(opened)
  const { client } = await webClient(web)
  expect(seen).toMatchObject([{ attached: process.pid, host: { command: 'run', trains: true, after: null } }])
  expect(await client.system.info()).toMatchObject({ attached: process.pid, host: { command: 'run' } })
  expect(await host.client.system.info()).toMatchObject({ attached: null })
  expect(await client.runs.list({})).toEqual(await host.client.runs.list({}))
  const snapshot = await client.runs.snapshot()
  const events = await client.events.follow({ after: snapshot.cursor })
  await client.runs.note({ run: 'toy', note: 'seen from a page' })
  await client.experiments.create(experiment({ name: 'later', regimes: ['joint'] }))
  const told = await until(async () => {
    const { value } = (await events.next()) as { value?: HostEvent }
    return value?.type === 'run' && value.run.name === 'later-joint-s1' && value.run
  })
  expect(told.status).toBe('queued')
  expect((await host.client.runs.show({ run: runs[0]!.id })).note).toBe('seen from a page')
  expect(await refusal(client.runs.show({ run: 'none' }))).toEqual(
    await refusal(host.client.runs.show({ run: 'none' })),
  )
  expect((await refusal(client.runs.note({ run: 1 } as never))).message).toContain('This request is not valid')
  await close()
  expect((await host.client.runs.list({ runs: ['toy'] }))[0]!.status).toBe('running')
  opened.script({})
  await untilStatus(host.client, runs[0]!.id, 'done')
})

test('when the host ends in order, the attached workbench goes on: what was paused waits, what was queued is trained', async () => {
  const opened = bench({ holdAtStep: 1 })
  const host = await opened.open({ command: 'run' })
  const { runs } = await host.client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(host.client, runs[0]!.id, 'running')
  const { web, seen, close } = await workbench(opened)
  const page = await webClient(web)
  await page.client.experiments.create(experiment({ name: 'later', regimes: ['joint'] }))
  await host.client.runs.pause({ runs: [runs[0]!.id] })
  opened.script({})
  const gone = once(page.socket, 'close')
  await host.close()
  expect((await gone)[0]).toBe(1001)
  await until(() => seen.length === 2)
  const after = { pid: process.pid, command: 'run', died: false }
  expect(seen[1]).toMatchObject({ attached: null, host: { pid: process.pid, trains: true, after } })
  const { client } = await webClient(web)
  await untilStatus(client, 'later-joint-s1', 'done')
  expect(await client.system.info()).toMatchObject({ attached: null, host: { after } })
  expect((await client.runs.list({ runs: ['toy-joint-s1'] }))[0]!.status).toBe('paused')
  await close()
  expect(existsSync(workspaceAt(opened.workspace).hostRecord)).toBe(false)
})

test('when the process that trains is killed, the attached workbench trains on from the last checkpoint', async () => {
  const { child, script, ...place } = await trainingProcess()
  const { web, seen } = await workbench(place)
  child.kill('SIGKILL')
  script({})
  await until(() => seen.length === 2)
  expect(seen[1]!.host.after).toEqual({ pid: child.pid, command: 'serve', died: true })
  const { client } = await webClient(web)
  await until(async () => {
    const runs = await client.runs.list({})
    expect(runs.filter(({ status }) => status === 'failed')).toEqual([])
    return runs.every(({ status }) => status === 'done')
  })
})

test('of two workbenches that are attached, one takes over, and the other attaches to that one', async () => {
  const opened = bench()
  const host = await opened.open()
  const both = await Promise.all([workbench(opened), workbench(opened)])
  await host.close()
  await until(() => both.every(({ seen }) => seen.length === 2))
  const attached = both.map(({ seen }) => seen[1]!.attached)
  expect(attached.filter((each) => each === null)).toHaveLength(1)
  const owner = both[attached.indexOf(null)]!
  const other = both[1 - attached.indexOf(null)]!
  await owner.close()
  await until(() => other.seen.length === 3)
  expect(other.seen[2]!.attached).toBeNull()
})

test('a workbench that is closed while another process is opening the workspace ends', async () => {
  const opened = bench()
  const host = await opened.open()
  const { close, seen } = await workbench(opened)
  await host.close()
  await until(() => seen.length === 2)
  const { close: closeOther } = await workbench(opened)
  await Promise.all([close(), closeOther()])
  expect(existsSync(workspaceAt(opened.workspace).hostRecord)).toBe(false)
})

test('a workspace whose owner does not listen is refused, as where it is on another machine', async () => {
  const place = { workspace: temporaryFolder(), fakeFolder: temporaryFolder() }
  const lock = acquireHostLock(prepareWorkspace(place.workspace), Date.now)
  onTestFinished(() => lock.release())
  lock.announce(`${place.workspace}/no.sock`)
  await expect(workbench(place)).rejects.toMatchObject({
    code: 'workspace-in-use',
    message: expect.stringContaining(`is in use by process ${process.pid}`) as string,
  })
})

test('a host of another build is not attached to, and is named', async () => {
  const place = { workspace: temporaryFolder(), fakeFolder: temporaryFolder() }
  const child = startProcess('altered-host', [place.workspace, place.fakeFolder])
  await once(child.stdout!, 'data')
  await expect(workbench(place)).rejects.toMatchObject({
    code: 'workspace-in-use',
    message: expect.stringMatching(
      new RegExp(`^Process ${child.pid} has this workspace open with another build .*End that process`),
    ) as string,
  })
})

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a host whose socket this user may not use is named',
  async () => {
    const opened = bench()
    await opened.open()
    const folder = dirname(findRunningHost(opened.workspace)!.address)
    chmodSync(folder, 0)
    onTestFinished(() => chmodSync(folder, 0o700))
    await expect(workbench(opened)).rejects.toMatchObject({
      code: 'workspace-in-use',
      message: expect.stringMatching(/this user may not connect to it/) as string,
    })
  },
)

/** Starts, ends and kills of processes that open one workspace, in an order by chance; what was trained is whole in the end. */
test('in any order of starts, ends and kills one process at most is the host, and every run is trained', async () => {
  const random = numbersFrom(seed)
  const opened = bench({ holdAtStep: 1 })
  const first = await opened.open()
  await first.client.experiments.create(experiment())
  await first.close()
  const alive: ChildProcess[] = []
  const start = () => {
    const child = startProcess('workbench-process', [opened.workspace, opened.fakeFolder])
    child.once('exit', () => alive.splice(alive.indexOf(child), 1))
    alive.push(child)
  }
  const ends: Promise<unknown>[] = []
  const expectOneHost = async () => {
    await Promise.all(ends)
    const host = await until(async () => {
      const place = findRunningHost(opened.workspace)
      return place && connectToHost(place, patienceMilliseconds)
    })
    const { pid } = (await host.client.system.info()).host!
    expect(alive.map((each) => each.pid)).toContain(pid)
    expect(() => acquireHostLock(workspaceAt(opened.workspace), Date.now)).toThrow(`in use by process ${pid}`)
    await host.close()
  }
  for (let round = 0; round < 12; round++) {
    if (alive.length < 3) start()
    if (random() < 0.5) start()
    if (random() < 0.6) await expectOneHost()
    const victim = alive[Math.floor(random() * alive.length)]!
    ends.push(once(victim, 'exit'))
    victim.kill(random() < 0.5 ? 'SIGKILL' : 'SIGTERM')
  }
  opened.script({})
  start()
  await expectOneHost()
  const statuses = () => {
    const store = openStoreReadOnly(opened.workspace)!
    const found = store.summaries.all().map(({ status }) => status)
    const problems = store.integrityProblems()
    store.close()
    return { found, problems }
  }
  await until(() => statuses().found.every((status) => status === 'done' || status === 'failed'))
  expect(statuses()).toEqual({ found: ['done', 'done', 'done'], problems: [] })
})
