import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createEventLog } from '../../../../src/main/host/queue/events/event-log.ts'
import { createCircuitBreaker } from '../../../../src/main/host/queue/circuit-breaker.ts'
import { createRecorder } from '../../../../src/main/host/queue/events/event-recorder.ts'
import { createScheduler } from '../../../../src/main/host/queue/scheduler.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import { workspaceAt } from '../../../../src/main/store/workspace.ts'
import { addExperiment, addRun } from '../../store/support.ts'
import { bench, enrolled, experiment, refusal, temporaryFolder, until, untilStatus } from '../support.ts'

test('every run is trained and evaluated, a phase that two runs share once', async () => {
  const { open, journal } = bench()
  const { client, idle } = await open()
  const { created, runs } = await client.experiments.create(experiment())
  expect(created).toBe(true)
  await idle()
  const done = await client.runs.list({ runs: runs.map(({ id }) => id) })
  expect(done.map(({ regime, status }) => [regime, status])).toEqual([
    ['disjoint', 'done'],
    ['mixed', 'done'],
    ['joint', 'done'],
  ])
  expect(journal().filter((line) => line.startsWith('trained'))).toEqual([
    'trained backbone',
    'trained heads',
    'trained all exits',
    'trained all exits',
  ])
  expect(journal().filter((line) => line === 'evaluate')).toHaveLength(3)
  expect(done[0]!.phases[0]).toMatchObject({ status: 'done', epochs: 2, shared: true })
  expect(done[0]!.phases[0]!.id).toBe(done[1]!.phases[0]!.id)
  expect(done[2]!.scores!.test).toHaveLength(2)
})

test('an experiment that exists is found again and nothing is trained twice', async () => {
  const { open, journal } = bench()
  const { client, idle } = await open()
  const first = await client.experiments.create(experiment())
  await idle()
  const lines = journal().length
  const again = await client.experiments.create(experiment())
  await idle()
  expect(again).toMatchObject({ id: first.id, created: false })
  expect(journal()).toHaveLength(lines)
})

test('a paused run stops at a step, and resumed it ends in the weights of an uninterrupted one', async () => {
  const whole = bench()
  const reference = await whole.open()
  const { runs: expected } = await reference.client.experiments.create(experiment())
  await reference.idle()

  const { open, script } = bench({ holdAtStep: 4 })
  const { client, idle } = await open()
  const runs = await enrolled(client, experiment())
  const run = runs[0]!.id
  await until(async () => (await client.runs.epochs({ phase: runs[0]!.phases[0]!.id })).records.length === 1)
  const paused = await client.runs.pause({ runs: runs.map(({ id }) => id) })
  expect(paused.runs.map(({ status }) => status)).toEqual(['paused', 'paused', 'paused'])
  expect((await client.runs.show({ run })).phases[0]).toMatchObject({ status: 'queued', epochs: 1 })
  script({})
  await client.runs.resume({ runs: runs.map(({ id }) => id) })
  await idle()
  for (const [index, { id }] of runs.entries()) {
    const there = await reference.client.runs.show({ run: expected[index]!.id })
    const here = await client.runs.show({ run: id })
    expect(here.phases.map((phase) => phase.checkpoint!.sha256)).toEqual(
      there.phases.map((phase) => phase.checkpoint!.sha256),
    )
    expect(here.evaluation!.sha256).toBe(there.evaluation!.sha256)
  }
})

test('an experiment with other measurements is the same one, and what is left to train is measured so', async () => {
  const { open, script } = bench({ holdAtStep: 4 })
  const { client, idle } = await open()
  const { id } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  const [run] = await client.runs.list({})
  const phase = run!.phases[0]!.id
  const measured = async () => (await client.runs.dominance({ phase })).map(({ epoch }) => epoch)
  await until(async () => (await measured()).length === 1)
  await client.runs.pause({ runs: ['toy'] })
  const again = await client.experiments.create(experiment({ regimes: ['joint'], probes: { gradientDominance: 0 } }))
  expect(again).toMatchObject({ id, created: false })
  script({})
  await client.runs.resume({ runs: ['toy'] })
  await idle()
  expect(await measured()).toEqual([1])
})

test('a phase continues for another run that needs it when its first run is paused', async () => {
  const { open, script, journal } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment())
  await untilStatus(client, runs[0]!.id, 'running')
  await client.runs.pause({ runs: [runs[0]!.id] })
  expect((await untilStatus(client, runs[1]!.id, 'running')).phases[0]!.status).toBe('running')
  script({})
  await idle()
  expect(journal().filter((line) => line === 'train backbone')).toHaveLength(1)
  expect((await client.runs.list({ runs: [runs[0]!.id] }))[0]!.status).toBe('paused')
})

test('a stopped run is not trained until it is resumed', async () => {
  const { open, script } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  expect((await client.runs.stop({ runs: ['toy'] })).runs[0]!.status).toBe('stopped')
  await idle()
  script({})
  await client.runs.resume({ runs: ['toy'] })
  await untilStatus(client, runs[0]!.id, 'done')
})

test('two runs are trained at once where that was asked for, and never a phase twice', async () => {
  const { open, script, journal } = bench({ holdAtStep: 1 })
  const { client, idle } = await open({ parallel: 2 })
  const { runs } = await client.experiments.create(experiment())
  await untilStatus(client, runs[0]!.id, 'running')
  await untilStatus(client, runs[2]!.id, 'running')
  expect((await client.runs.list({ runs: [runs[1]!.id] }))[0]!.status).toBe('queued')
  script({})
  await idle()
  expect(journal().filter((line) => line === 'train backbone')).toHaveLength(1)
  expect((await client.runs.list({})).every(({ status }) => status === 'done')).toBe(true)
})

test('a crashed trainer is started again and goes on from the last checkpoint', async () => {
  const { open, journal } = bench({ crashes: 2, crashAtStep: 4 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await idle()
  expect((await client.runs.list({}))[0]!.status).toBe('done')
  expect(journal().filter((line) => line === 'crash')).toHaveLength(2)
  const log = await client.runs.log({ run: runs[0]!.id })
  expect(log.filter(({ level }) => level === 'warning')[0]!.message).toMatch(/SIGKILL[^]*a fake fault[^]*attempt 2/)
  expect(log.some(({ message }) => message.includes('resumes after epoch 1, step 4'))).toBe(true)
})

test('a trainer that crashes repeatedly fails every run that waits for its phase; retry queues them again', async () => {
  const { open, script } = bench({ crashes: 100, crashAtStep: 0 })
  const { client, idle } = await open()
  await client.experiments.create(experiment({ regimes: ['disjoint', 'mixed'] }))
  await idle()
  const failed = await client.runs.list({})
  expect(failed.map(({ status }) => status)).toEqual(['failed', 'failed'])
  expect(failed[1]!.error).toContain('crashed repeatedly')
  // It was killed by none of ours, as by the system when memory runs out.
  expect(failed[1]).toMatchObject({
    errorCode: 'memory',
    error: expect.stringMatching(
      /killed \(SIGKILL\)[^]*takes about [\d.]+ MB of memory\. Of this machine's [\d.]+ [GT]B of memory, [\d.]+ [MGT]B are free[^]*Close other programs, then retry[^]*smaller training\.batchSize \(now 30\)/,
    ) as string,
  })
  expect(failed[1]!.phases[0]!.status).toBe('failed')
  script({})
  const { runs } = await client.runs.retry({ runs: ['toy'] })
  expect(runs.map(({ status, error }) => [status, error])).toEqual([
    ['queued', null],
    ['queued', null],
  ])
  await idle()
  expect((await client.runs.list({})).map(({ status }) => status)).toEqual(['done', 'done'])
})

test('the refusal of the trainer is the reason of the run', async () => {
  const { open } = bench({ failure: { code: 'data', message: 'the images are not those of before' } })
  const { client, idle } = await open()
  await client.experiments.create(experiment({ regimes: ['joint'] }))
  await idle()
  expect((await client.runs.list({}))[0]).toMatchObject({
    status: 'failed',
    error: 'the images are not those of before',
  })
})

test('a write error of one run fails that run, and the others continue', async () => {
  const { open, workspace, script } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  const runs = await enrolled(client, experiment({ regimes: ['joint'], seeds: [1, 2] }))
  await untilStatus(client, runs[0]!.id, 'running')
  const database = new Database(workspaceAt(workspace).database)
  onTestFinished(() => void database.close())
  database.exec(`CREATE TRIGGER refuse BEFORE INSERT ON epochs WHEN new.phase_id = '${runs[0]!.phases[0]!.id}'
    BEGIN SELECT raise(ABORT, 'not this phase'); END`)
  script({})
  await idle()
  const ended = await client.runs.list({})
  expect(ended.map(({ status }) => status)).toEqual(['failed', 'done'])
  expect(ended[0]!.error).toContain('not this phase')
  expect(ended[0]!.finishedAt).not.toBeNull()
})

test('a trainer that dies while it is to pause leaves the run paused, at its last checkpoint', async () => {
  const { open, script } = bench({ holdAtStep: 4, crashAtPause: true })
  const { client, idle } = await open()
  const runs = await enrolled(client, experiment({ regimes: ['joint'] }))
  await until(async () => (await client.runs.epochs({ phase: runs[0]!.phases[0]!.id })).records.length === 1)
  expect((await client.runs.pause({ runs: ['toy'] })).runs[0]).toMatchObject({
    status: 'paused',
    error: null,
    phases: [{ status: 'queued', epochs: 1 }],
  })
  script({})
  await client.runs.resume({ runs: ['toy'] })
  await idle()
  expect((await client.runs.list({}))[0]!.status).toBe('done')
})

test('waiting for an idle queue includes what is added meanwhile', async () => {
  const { open, script } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  await client.experiments.create(experiment({ regimes: ['joint'] }))
  const waiting = idle()
  await client.experiments.create(experiment({ regimes: ['joint'], seeds: [2] }))
  script({})
  await waiting
  expect((await client.runs.list({})).map(({ status }) => status)).toEqual(['done', 'done'])
})

test('sound weights that cannot be used fail the run instead of being trained again repeatedly', async () => {
  const { open, journal } = bench({ failure: { code: 'checkpoint-damaged', message: 'there is no bn.weight' } })
  const { client, idle } = await open()
  await client.experiments.create(experiment({ regimes: ['joint'] }))
  await idle()
  expect((await client.runs.list({}))[0]).toMatchObject({ status: 'failed', error: 'there is no bn.weight' })
  expect(journal()).toEqual(['train all exits'])
})

test('a phase whose weights are damaged is trained again, with the same weights', async () => {
  const { open, script } = bench()
  const { client, idle } = await open()
  const input = experiment({ regimes: ['disjoint', 'mixed'] })
  const { runs } = await client.experiments.create({ ...input, file: { ...input.file, regimes: ['disjoint'] } })
  await idle()
  const { checkpoint } = (await client.runs.show({ run: runs[0]!.id })).phases[0]!
  writeFileSync(checkpoint!.file, 'damaged')
  script({})
  const mixed = await client.experiments.create({ ...input, file: { ...input.file, regimes: ['mixed'] } })
  await untilStatus(client, mixed.runs[0]!.id, 'done')
  const repaired = await client.runs.show({ run: mixed.runs[0]!.id })
  expect(repaired.phases[0]!.checkpoint).toEqual(checkpoint)
  expect(
    (await client.runs.log({ run: mixed.runs[0]!.id })).some(({ message }) => message.includes('is damaged')),
  ).toBe(true)
})

test('runs are trained in the order that they are moved into', async () => {
  const { open, script, journal } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'], seeds: [1, 2, 3] }))
  await untilStatus(client, runs[0]!.id, 'running')
  await client.runs.move({ runs: [runs[2]!.id], to: { before: runs[1]!.id } })
  const order = async () => (await client.runs.list({})).map(({ seed }) => seed)
  expect(await order()).toEqual([1, 3, 2])
  await client.runs.move({ runs: [runs[2]!.id], to: 'back' })
  expect(await order()).toEqual([1, 2, 3])
  await client.runs.move({ runs: [runs[2]!.id], to: 'front' })
  expect(await order()).toEqual([3, 1, 2])
  script({})
  await idle()
  const finished = (await client.runs.list({})).toSorted((a, b) => a.finishedAt! - b.finishedAt!)
  // What had begun was trained, and evaluated, first.
  expect(finished.map(({ seed }) => seed)).toEqual([1, 3, 2])
  expect(journal().slice(0, 4)).toEqual(['train all exits', 'trained all exits', 'evaluate', 'train all exits'])
  expect((await refusal(client.runs.move({ runs: [runs[0]!.id], to: 'front' }))).code).toBe('conflict')
  expect(journal()).toHaveLength(9)
})

test('nothing is begun after a phase was withdrawn while the scheduler closes', async () => {
  const store = openStore(temporaryFolder())
  addExperiment(store)
  addRun(store, 'r1', ['p1'])
  addRun(store, 'r2', ['p2'])
  const events = createEventLog('test')
  const recorder = createRecorder({ store, events, now: Date.now })
  const attended: string[][] = []
  const [withdrawing, closing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const scheduler = createScheduler({
    ...{ store, recorder, pollMilliseconds: 5, depot: () => '/depot', parallel: () => 1 },
    breaker: createCircuitBreaker({ store, whyMoved: () => null, events, recorder }),
    summarise: async () => {},
    executor: () => ({
      attend: async (tracked) => (attended.push([...tracked.runs().keys()]), null),
      withdraw: async () => (withdrawing.resolve(), await closing.promise, []),
    }),
  })
  scheduler.wake()
  await until(() => attended.length > 0)
  store.runs.setStatus('r1', 'paused')
  void scheduler.release(['r1'])
  await withdrawing.promise
  const before = attended.length
  const closed = scheduler.close()
  closing.resolve()
  await closed
  expect(attended.slice(before)).toEqual([])
})

test('a host that is closed queues again what it was training, and the next one goes on', async () => {
  const { open, script } = bench({ holdAtStep: 4 })
  const first = await open()
  const runs = await enrolled(first.client, experiment({ regimes: ['joint'] }))
  await until(async () => (await first.client.runs.epochs({ phase: runs[0]!.phases[0]!.id })).records.length === 1)
  await first.close()
  const looker = await open({ train: false })
  expect((await looker.client.runs.list({}))[0]).toMatchObject({ status: 'queued', phases: [{ status: 'queued' }] })
  await looker.close()
  script({})
  const second = await open()
  await second.idle()
  expect((await second.client.runs.list({}))[0]!.status).toBe('done')
})
