import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { ExitlabError } from '../../../src/shared/basics/error.ts'
import { openHost } from '../../../src/main/host/open/index.ts'
import { openReader } from '../../../src/main/host/open/read-only-host.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { rank, short, trainedBench, untilParts } from './analyses/support.ts'
import { bench, experiment, hostSettings, refusal, temporaryFolder, untilStatus } from './support.ts'

async function refused(opening: Promise<unknown>): Promise<ExitlabError> {
  return opening.then(
    () => expect.unreachable('the workspace was opened'),
    (error: unknown) => error as ExitlabError,
  )
}

test('a second host is refused with the owner of the workspace and a remedy, and the first continues', async () => {
  const { open, workspace } = bench()
  const { client } = await open()
  const error = await refused(openHost(hostSettings(workspace, temporaryFolder())))
  expect(error.code).toBe('workspace-in-use')
  expect(error.message).toContain(`process ${process.pid}`)
  expect(error.message).toContain('--workspace DIR')
  expect(await client.runs.list({})).toEqual([])
})

test('a workspace is free again once its host is closed, and nothing of the host is left', async () => {
  const { open, workspace } = bench()
  const first = await open()
  expect(readdirSync(workspace)).toContain('host.json')
  await first.close()
  expect(readdirSync(workspace)).not.toContain('host.json')
  expect(readdirSync(join(workspace, 'socket'))).toEqual([])
  await (await open()).close()
})

test('a store of a newer version is refused and not changed', async () => {
  const { open, workspace } = bench()
  await (await open()).close()
  const database = new Database(workspaceAt(workspace).database)
  database.pragma('user_version = 99')
  database.close()
  const error = await refused(open())
  expect([error.code, error.message]).toEqual(['workspace-too-new', expect.stringContaining('Update Exitlab')])
  expect(() => openReader({ workspace })).toThrow('written by a newer Exitlab')
  const again = new Database(workspaceAt(workspace).database)
  expect(again.pragma('user_version', { simple: true })).toBe(99)
  again.close()
})

test('a damaged store is refused with what to do, and freed', async () => {
  const { workspace, open } = bench()
  writeFileSync(
    workspaceAt(workspace).database,
    'this was a database once, but something wrote over its beginning'.repeat(100),
  )
  const error = await refused(open())
  expect([error.code, error.message]).toEqual(['workspace-damaged', expect.stringContaining('Restore a copy')])
  expect((await refused(open())).code).toBe('workspace-damaged')
})

test('a workspace that does not exist reads as an empty one and is not created', async () => {
  const workspace = join(temporaryFolder(), 'later')
  const reader = openReader({ workspace })!
  expect(await reader.client.runs.list({})).toEqual([])
  expect((await refusal(reader.client.runs.show({ run: 'any' }))).code).toBe('not-found')
  expect(await reader.client.system.info()).toMatchObject({ workspace, host: null })
  await reader.close()
  expect(existsSync(workspace)).toBe(false)
})

test('a reader sees what a host did without taking the workspace from it', async () => {
  const { open, workspace } = bench({ holdAtStep: 4 })
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  const reader = openReader({ workspace })!
  // A reader serves where no host answers, so to it nothing runs.
  expect((await reader.client.runs.list({}))[0]).toMatchObject({ id: runs[0]!.id, status: 'queued' })
  expect((await refusal(reader.client.runs.tag({ runs: ['toy'], add: ['new'] }))).code).toBe('disk')
  await reader.close()
})

/** The open handle of a workspace's database, to make it fail. */
function handleOf(workspace: string): Database.Database {
  const handle = handles.find(({ name, open }) => open && name === workspaceAt(workspace).database)
  return handle ?? expect.unreachable('no such database is open')
}
const handles: Database.Database[] = []
const { prepare } = Database.prototype
Database.prototype.prepare = function (this: Database.Database, source: string) {
  if (!handles.includes(this)) handles.push(this)
  return prepare.call(this, source)
} as typeof prepare

/** Fills a store up to a number of pages, so that it has not even room for a line. */
function fillUp(database: Database.Database): void {
  const add = database.prepare("INSERT INTO log_lines (at, level, message) VALUES (0, 'info', ?)")
  for (const length of [2000, 200, 20, 1]) expect(() => repeat(() => add.run('x'.repeat(length)))).toThrow('full')
}

function repeat(body: () => void): never {
  for (;;) body()
}

test('a disk that is full at a commit stops the queue with a clear refusal; with space again it goes on, and nothing is lost', async () => {
  const whole = bench({ stepsPerEpoch: 1 })
  const reference = await whole.open()
  const long = experiment({ regimes: ['joint'], training: { ...experiment().file.training, epochs: 60 } })
  const expected = (await reference.client.experiments.create(long)).runs
  await reference.idle()

  const { open, workspace, script } = bench({ stepsPerEpoch: 1, holdAtStep: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(long)
  await untilStatus(client, runs[0]!.id, 'running')
  const following = (async () => {
    for await (const event of await client.events.follow({})) void event
  })()
  const database = handleOf(workspace)
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true }) as number}`)
  script({ stepsPerEpoch: 1 })
  const told = await refusal(following)
  expect(told.code).toBe('disk')
  expect(told.message).toMatch(
    /database or disk is full.*Nothing was lost.*Free some space.*then try again\. Until then nothing is trained.* resume the runs/,
  )
  await expect(idle()).rejects.toThrow('Nothing was lost')

  fillUp(database)
  await client.runs.pause({ runs: ['toy'] })
  expect(await refusal(client.runs.resume({ runs: ['toy'] }))).toMatchObject({
    code: 'disk',
    message: expect.stringContaining('full'),
  })
  expect((await client.runs.list({}))[0]!.status).toBe('paused')

  database.pragma('max_page_count = 1000000')
  await client.runs.resume({ runs: ['toy'] })
  const heard = await client.events.follow({})
  await idle()
  expect((await heard.next()).done).toBe(false)
  const hash = async (host: typeof reference.client, run: string) => (await host.runs.show({ run })).evaluation!.sha256
  expect(await hash(client, runs[0]!.id)).toBe(await hash(reference.client, expected[0]!.id))
})

test('a store that cannot be written stops trainings and analyses alike, and both go on once it can', async () => {
  const { client, host, script, workspace, runs } = await trainedBench({ holdAtPart: 1 })
  const { analyses } = await client.analyses.ask({ ...rank, runs: [runs[0]!.id] })
  const { id } = analyses[0]!
  await untilParts(client, id, 1)
  script({ holdAtPart: 1, holdAtStep: 0 })
  const more = await client.experiments.create(short({ seeds: [4] }))
  await untilStatus(client, more.runs[0]!.id, 'running')
  const database = handleOf(workspace)
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true }) as number}`)
  fillUp(database)
  script({ holdAtStep: 0 })
  await expect(host.idle()).rejects.toThrow('Nothing was lost')
  expect((await refusal(client.analyses.ask({ ...rank, runs: [runs[1]!.id] }))).code).toBe('disk')
  database.pragma('max_page_count = 1000000')
  script({})
  await client.analyses.ask({ ...rank, runs: [runs[1]!.id] })
  await host.idle()
  expect((await client.analyses.list()).map(({ status, done }) => [status, done])).toEqual([
    ['done', 4],
    ['done', 4],
  ])
  expect((await client.runs.list({})).map(({ status }) => status)).toEqual(Array(4).fill('done'))
})

/** A file system of so many bytes, or the reason why there is none. */
function smallDisk(bytes: number): { folder: string } | { reason: string } {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { reason: 'mounting a small disk needs Linux and root' }
  const folder = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    return { reason: `a small disk cannot be mounted here: ${(error as Error).message.split('\n').at(-2)}` }
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return { folder }
}

test('a disk that is really full refuses clearly, and with space again everything goes on', async (context) => {
  const disk = smallDisk(4 << 20)
  if ('reason' in disk) return context.skip(disk.reason)
  const { script, open } = bench({ holdAtStep: 1 })
  const workspace = join(disk.folder, 'workspace')
  const filler = join(disk.folder, 'filler')
  const { client, idle, close } = await open({ workspace })
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  fill(filler)
  script({})
  // The run fails where that can still be written down, else the queue stops.
  const why = await idle().then(
    async () => (await client.runs.list({}))[0]!.error,
    (error: Error) => error.message,
  )
  expect(why).toMatch(/full.*Nothing was lost/)
  await close()
  rmSync(filler)
  const next = await open({ workspace })
  if ((await next.client.runs.list({}))[0]!.status === 'failed') await next.client.runs.retry({ runs: ['toy'] })
  await untilStatus(next.client, runs[0]!.id, 'done')
  await next.close()
})

function fill(path: string): void {
  try {
    for (let size = 1 << 20; ;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
