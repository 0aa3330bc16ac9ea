import { appendFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { followImports } from '../../../../src/main/host/imports/follow-imports.ts'
import type { ImportedResult } from '../../../../src/shared/runs/imported.ts'
import type { Store } from '../../../../src/main/store/open.ts'
import { runCommandLine } from '../../../../src/main/cli/program.ts'
import { fakeContext } from '../../cli/support.ts'
import { temporaryFolder } from './readers/support.ts'
import { event } from './readers/tensorboard/made-events.ts'
import { compare } from '../../../support/ask.ts'
import { bench, refusal, until } from '../support.ts'

const open = async (workspace = bench()) =>
  workspace.open({ train: false, analyse: false, follow: true, pollMilliseconds: 10 })

/** A folder with the log of one training, two epochs long. */
function logs(): { folder: string; file: string } {
  const folder = temporaryFolder()
  const file = join(folder, 'seed1.csv')
  writeFileSync(file, 'epoch,val_acc\n1,0.5\n2,0.6\n')
  return { folder, file }
}

const listed = async (client: HostClient) => client.imports.list()
const valuesOf = async (client: HostClient) =>
  (await listed(client)).map(({ seed, content }) => [
    seed,
    content.training!.curves[0]!.filter((_, at) => at % 2 === 1),
  ])

test('what another program appends is read, under the same id', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  const [added] = await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  expect(added!.following).toMatchObject({ problem: null })
  appendFileSync(file, '3,0.75\n')
  await until(async () => (await listed(client))[0]!.sha256 !== added!.sha256)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6, 0.75]]])
  expect((await listed(client))[0]!.id).toBe(added!.id)
})

test('a change is told as an event', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  appendFileSync(file, '3,0.75\n')
  expect((await events.next()).value).toMatchObject({ type: 'imports' })
  over.abort()
})

test('seeds that begin later are added to those of their name', async () => {
  const { client } = await open()
  const { folder } = logs()
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  writeFileSync(join(folder, 'seed2.csv'), 'epoch,val_acc\n1,0.4\n')
  await until(async () => (await listed(client)).length === 2)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6]], [2, [0.4]]]) // prettier-ignore
})

/** Two epochs of a training in a folder of its own. */
function logRun(folder: string, run: string): void {
  mkdirSync(join(folder, run))
  const bytes = Buffer.concat([0, 1].map((step) => event([['val_acc', 0.5 + step / 8]], step)))
  writeFileSync(join(folder, run, 'events.out.tfevents.1.machine'), bytes)
}

const seriesIn = async (client: HostClient) => (await listed(client)).map(({ name, seed }) => `${name} ${seed}`).sort()

test('a seed that is alone at first is the same seed when others begin', async () => {
  const { client } = await open()
  const folder = temporaryFolder()
  logRun(folder, 'seed1')
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  expect(await seriesIn(client)).toEqual(['torch 1'])
  logRun(folder, 'seed2')
  await until(async () => (await listed(client)).length > 1)
  expect(await seriesIn(client)).toEqual(['torch 1', 'torch 2'])
})

test('a table that is alone at first keeps its name and seed when others begin', async () => {
  const { client } = await open()
  const folder = temporaryFolder()
  const log = (run: string) => {
    mkdirSync(join(folder, run))
    writeFileSync(join(folder, run, 'metrics.csv'), 'epoch,val_acc\n1,0.5\n2,0.6\n')
  }
  log('mixed-seed1')
  await client.imports.add({ paths: [folder], follow: true })
  log('mixed-seed2')
  await until(async () => (await listed(client)).length > 1)
  expect(await seriesIn(client)).toEqual(['mixed 1', 'mixed 2'])
})

test('a training whose folder sorts before others changes none of them', async () => {
  const { client } = await open()
  const folder = temporaryFolder()
  for (const run of ['version_0', 'version_9']) logRun(folder, run)
  await client.imports.add({ paths: [folder], follow: true })
  logRun(folder, 'version_10')
  await until(async () => (await listed(client)).length > 2)
  expect(await seriesIn(client)).toEqual(['version_0 0', 'version_10 0', 'version_9 0'])
})

test('of a table a row without its end is not read: its last number may be half of one', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  appendFileSync(file, '3,0.7\n4,0.')
  await until(async () => ((await valuesOf(client))[0]![1] as number[]).length === 3)
  const [{ content, following }] = (await listed(client)) as [ImportedResult]
  expect([following!.problem, content.notes[0]]).toEqual([null, 'seed1.csv ends within a line, which is read once the line has its end.']) // prettier-ignore
  appendFileSync(file, '82\n')
  await until(async () => ((await valuesOf(client))[0]![1] as number[]).length === 4)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6, 0.7, 0.82]]])
})

test('a failure that is not of the store is told with what was read, and stops no queue', async () => {
  const { file } = logs()
  const problems: unknown[] = []
  const store = {
    imports: {
      follows: () => [{ id: 1, input: { paths: [file], map: {}, logged: 'last', follow: true }, problem: null }],
      setProblem: (...problem: unknown[]) => problems.push(problem),
    },
    transaction: () => {
      throw new TypeError('x is not a function')
    },
  } as unknown as Store
  const begun: unknown[] = []
  const breaker = { reason: () => null, begin: (error: unknown) => begun.push(error) }
  const follower = followImports({ store, events: { publish: () => {} }, now: () => 0, breaker, pollMilliseconds: 1 })
  await until(() => problems.length > 0)
  await follower.close()
  expect([problems, begun]).toEqual([[[1, 'x is not a function']], []])
})

test('files that cannot be read are told with what was read, until they can', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  rmSync(folder, { recursive: true })
  const [lost] = await until(async () => {
    const all = await listed(client)
    return all[0]!.following!.problem !== null && all
  })
  expect(lost!.following!.problem).toContain(folder)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6]]])
  mkdirSync(folder)
  writeFileSync(file, 'epoch,val_acc\n1,0.5\n2,0.6\n3,0.7\n')
  await until(async () => (await listed(client))[0]!.following!.problem === null)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6, 0.7]]])
})

test('an event file that is cut in a record, then away, and grows again is read as far as it reaches; nothing stays lost', async () => {
  const { client } = await open()
  const folder = temporaryFolder()
  const file = join(folder, 'events.out.tfevents.1.machine')
  const whole = Buffer.concat([0, 1, 2].map((step) => event([['val_acc', 0.5 + step / 8]], step)))
  writeFileSync(file, whole)
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  const [all, two] = [[0.5, 0.625, 0.75], [0.5, 0.625]] // prettier-ignore
  expect(await valuesOf(client)).toEqual([[0, all]])
  truncateSync(file, whole.length - 5)
  await until(async () => (await listed(client))[0]!.content.notes.some((note) => note.includes('is cut off at byte')))
  expect(await valuesOf(client)).toEqual([[0, two]])
  truncateSync(file, 0)
  await until(async () => (await listed(client))[0]!.following!.problem !== null)
  expect(await valuesOf(client)).toEqual([[0, two]])
  writeFileSync(file, whole)
  await until(async () => (await listed(client))[0]!.following!.problem === null)
  expect(await valuesOf(client)).toEqual([[0, all]])
})

test('a folder that comes to have ten thousand event files is refused once, and read again when they are gone', async () => {
  const { client } = await open()
  const folder = temporaryFolder()
  const log = event([['val_acc', 0.5]], 1)
  writeFileSync(join(folder, 'events.out.tfevents.1.machine'), log)
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  const more = join(folder, 'more')
  mkdirSync(more)
  for (let number = 0; number < 10_000; number++) writeFileSync(join(more, `events.out.tfevents.${number}`), '')
  const [{ following }] = await until(async () => {
    const all = await listed(client)
    return all[0]!.following!.problem !== null && (all as [(typeof all)[0]])
  })
  expect(following!.problem).toBe(`${folder} has more than 1000 files. Name the folder of one training.`)
  expect(await valuesOf(client)).toEqual([[0, [0.5]]])
  rmSync(more, { recursive: true })
  await until(async () => (await listed(client))[0]!.following!.problem === null)
})

test('the next host goes on', async () => {
  const workspace = bench()
  const first = await open(workspace)
  const { folder, file } = logs()
  await first.client.imports.add({ paths: [folder], name: 'torch', follow: true })
  await first.close()
  appendFileSync(file, '3,0.75\n')
  const { client } = await open(workspace)
  await until(async () => (await listed(client))[0]!.content.training!.curves[0]!.length === 6)
})

test('the command of what is followed already, as after it was killed, goes on with it', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  const asked = { paths: [folder], name: 'torch', follow: true }
  const [added] = await client.imports.add(asked)
  appendFileSync(file, '3,0.75\n')
  const [again] = await client.imports.add(asked)
  expect([again!.id, again!.following]).toEqual([added!.id, added!.following])
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6, 0.75]]])
  await client.imports.unfollow({ imports: ['torch'] })
  expect((await refusal(client.imports.add(asked))).message).toContain('has been imported already')
})

test('what is followed no longer keeps what was read, and takes nothing more', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  const other = logs()
  await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  await client.imports.add({ paths: [other.folder], name: 'other', follow: true })
  const [left] = await client.imports.unfollow({ imports: ['torch'] })
  expect(left).not.toHaveProperty('following')
  appendFileSync(file, '3,0.75\n')
  appendFileSync(other.file, '3,0.75\n')
  await until(async () => (await client.imports.list()).some(({ name, content }) => name === 'other' && content.training!.curves[0]!.length === 6)) // prettier-ignore
  expect((await listed(client)).find(({ name }) => name === 'torch')!.content.training!.curves[0]).toHaveLength(4)
})

test('deleting a result ends the following of what was imported with it', async () => {
  const { client } = await open()
  const { folder } = logs()
  writeFileSync(join(folder, 'seed2.csv'), 'epoch,val_acc\n1,0.4\n')
  const [first] = await client.imports.add({ paths: [folder], name: 'torch', follow: true })
  await client.imports.delete({ imports: [first!.id] })
  const left = await listed(client)
  expect(left.map(({ seed, following }) => [seed, following])).toEqual([[2, undefined]])
})

test('comparisons are of what the files hold now', async () => {
  const { client } = await open()
  const file = join(temporaryFolder(), 'log.csv')
  writeFileSync(file, 'exit,test_acc,cost\n0,0.5,0.5\n1,0.6,1\n')
  await client.imports.add({ paths: [file], name: 'torch', follow: true })
  const best = async () => (await compare(client, { runs: ['torch'] })).rows[0]!.cells.at(-1)!.mean
  expect(await best()).toBe(60)
  writeFileSync(file, 'exit,test_acc,cost\n0,0.5,0.5\n1,0.64,1\n')
  await until(async () => (await best()) === 64)
})

test('a store that cannot be read stops the queues, and is not asked again until it can', async () => {
  const failure = new Database.SqliteError('disk I/O error', 'SQLITE_IOERR')
  const begun: unknown[] = []
  let asked = 0
  const store = {
    imports: {
      follows: () => {
        asked++
        throw failure
      },
    },
  } as unknown as Store
  const breaker = {
    reason: () => (begun.length > 0 ? { error: failure, isMoved: false } : null),
    begin: (error: unknown) => begun.push(error),
  }
  const follower = followImports({ store, events: { publish: () => {} }, now: () => 0, breaker, pollMilliseconds: 1 })
  await until(() => begun.length > 0)
  await setTimeout(20)
  await follower.close()
  expect([begun, asked]).toEqual([[failure], 1])
})

test('files that are refused are read again once they change, or a minute has passed', async () => {
  const { file } = logs()
  writeFileSync(file, 'epoch,val_acc\n1,high\n')
  const input = { paths: [file], name: 'torch', map: {}, logged: 'last', follow: true }
  let [time, reads] = [0, 0]
  const imports = { follows: () => [{ id: 1, input, problem: null }], setProblem: () => void reads++ }
  const follower = followImports({
    store: { imports } as unknown as Store,
    events: { publish: () => {} },
    now: () => time,
    breaker: { reason: () => null, begin: () => {} },
    pollMilliseconds: 1,
  })
  onTestFinished(() => follower.close())
  await until(() => reads === 1)
  await setTimeout(50)
  expect(reads).toBe(1)
  time = 60_001
  await until(() => reads === 2)
  writeFileSync(file, 'epoch,val_acc\n1,higher\n')
  await until(() => reads === 3)
})

test('a folder in the place of a file that was followed is told, and ends no queue', async () => {
  const { client } = await open()
  const { file } = logs()
  await client.imports.add({ paths: [file], name: 'torch', follow: true })
  rmSync(file)
  mkdirSync(file)
  await until(async () => (await listed(client))[0]!.following!.problem !== null)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6]]])
  rmSync(file, { recursive: true })
  writeFileSync(file, 'epoch,val_acc\n1,0.5\n2,0.6\n3,0.7\n')
  await until(async () => (await listed(client))[0]!.following!.problem === null)
  expect(await valuesOf(client)).toEqual([[1, [0.5, 0.6, 0.7]]])
})

test('the terminal says what was read anew, and Ctrl-C ends it', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  const { context, written, signal } = fakeContext({ client })
  const following = runCommandLine(['import', folder, '--name', 'torch', '--follow'], context, '9.9.9')
  await until(() => written.stderr.includes('Following'))
  appendFileSync(file, '3,0.75\n')
  await until(() => written.stdout.includes('torch, seed 1: 3 values, last 75.00 %'))
  signal('SIGINT')
  expect(await following).toBe(0)
  expect(written.stdout).toContain('Imported torch, seed 1: a curve over the training, from CSV.')
  expect(written.stderr).toBe(
    'Following the files. Ctrl-C ends it; what was read stays.\nWhat changes now is not read any more. Again to end at once.\n',
  )
  expect((await listed(client))[0]!.following).toBeUndefined()
})

test.each([
  ['cut', 'epoch,val_acc\n1,0.5\n', '1 of 2 values'],
  ['replaced', 'epoch,val_acc\n1,0.1\n2,0.2\n3,0.3\n', '2 of 2 values'],
])('the terminal notes once that a log was %s', async (_, text, lost) => {
  const { client } = await open()
  const { folder, file } = logs()
  const { context, written, signal } = fakeContext({ client })
  const following = runCommandLine(['import', folder, '--name', 'torch', '--follow'], context, '9.9.9')
  await until(() => written.stderr.includes('Following'))
  writeFileSync(file, text)
  await until(() => /seed 1: [13] values?, last/.test(written.stdout))
  appendFileSync(file, '4,0.9\n')
  await until(() => written.stdout.includes('last 90.00 %'))
  signal('SIGINT')
  expect(await following).toBe(0)
  expect(written.stderr.match(/Note: .*/g)).toEqual([
    `Note: torch, seed 1: ${lost} that had been read are no longer there as they were: the log was cut, or another one took its place. The import has what the files have now.`,
  ])
})

test('in JSON, the terminal prints what has changed as an array', async () => {
  const { client } = await open()
  const { folder, file } = logs()
  const { context, written, signal } = fakeContext({ client })
  const following = runCommandLine(['import', folder, '--json', '--follow'], context, '9.9.9')
  await until(() => written.stderr.includes('Following'))
  const before = written.stdout.length
  appendFileSync(file, '3,0.75\n')
  await until(() => written.stdout.length > before)
  signal('SIGINT')
  expect(await following).toBe(0)
  expect(JSON.parse(written.stdout.slice(before))).toEqual([expect.objectContaining({ seed: 1 })])
})

test('files are left alone for nine times as long as it took to read them', async () => {
  const { file } = logs()
  const input = { paths: [file], map: {}, logged: 'last', follow: true }
  let [time, reads] = [0, 0]
  const imports = { follows: () => [{ id: 1, input, problem: null }] }
  const transaction = () => {
    reads++
    time += 10
    return false
  }
  const follower = followImports({
    store: { imports, transaction } as unknown as Store,
    events: { publish: () => {} },
    now: () => time,
    breaker: { reason: () => null, begin: () => {} },
    pollMilliseconds: 1,
  })
  onTestFinished(() => follower.close())
  await until(() => reads === 1)
  appendFileSync(file, '3,0.75\n')
  time = 99
  await setTimeout(30)
  expect(reads).toBe(1)
  time = 100
  await until(() => reads === 2)
})

test('the terminal says what of other names is read with what it follows', async () => {
  const { client } = await open()
  const { folder } = logs()
  const { context, written, signal } = fakeContext({ client })
  const following = runCommandLine(['import', folder, '--follow'], context, '9.9.9')
  await until(() => written.stderr.includes('Following'))
  writeFileSync(join(folder, 'other.csv'), 'epoch,val_acc\n1,0.25\n')
  await until(() => written.stdout.includes('other, seed 0: 1 value, last 25.00 %'))
  signal('SIGINT')
  expect(await following).toBe(0)
  expect((await listed(client)).map((each) => each.following)).toEqual([undefined, undefined])
})
