import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import type { HostEvent } from '../../../../../src/shared/phases/events.ts'
import type { RunStatus } from '../../../../../src/shared/runs/runs.ts'
import { bench, experiment, until, untilStatus, enrolled } from '../../support.ts'

const statuses = async (client: HostClient) =>
  Object.fromEntries((await client.runs.list({})).map(({ regime, status }) => [regime, status])) as Record<
    string,
    RunStatus
  >

/** The first epoch of the first phase is complete, and training waits in the second. */
async function training() {
  const place = bench({ holdAtStep: 4 })
  const host = await place.open()
  const runs = await enrolled(host.client, experiment())
  const phase = runs[0]!.phases[0]!.id
  await until(async () => (await host.client.runs.epochs({ phase })).records.length === 1)
  return { ...place, ...host, ids: runs.map(({ id }) => id), phase }
}

test('all runs are paused at once, and nothing is trained until they are resumed', async () => {
  const { client, script, idle, journal } = await training()
  const { cursor } = await client.runs.snapshot()
  const { runs } = await client.queue.pause()
  expect(runs.map(({ status, pausedWithAll }) => [status, pausedWithAll])).toEqual(Array(3).fill(['paused', true]))
  script({})
  await idle()
  expect(journal().filter((line) => line.startsWith('trained'))).toEqual([])
  await client.queue.resume()
  await idle()
  expect(await statuses(client)).toEqual({ disjoint: 'done', mixed: 'done', joint: 'done' })
  const seen: HostEvent[] = []
  for await (const event of await client.events.follow({ after: cursor })) {
    seen.push(event)
    if (event.type === 'run' && event.run.status === 'queued') break
  }
  expect(seen.filter(({ type }) => type === 'epoch')).toEqual([])
})

test('only what was paused at once is resumed at once, after a restart too', async () => {
  const { client, close, open, ids, script } = await training()
  await client.runs.pause({ runs: [ids[2]!] })
  await client.queue.pause()
  await client.runs.stop({ runs: [ids[1]!] })
  await close()
  script({})
  const again = await open()
  await again.idle()
  expect(await statuses(again.client)).toEqual({ disjoint: 'paused', mixed: 'stopped', joint: 'paused' })
  expect((await again.client.queue.resume()).runs.map(({ id }) => id)).toEqual([ids[0]])
  await again.idle()
  expect(await statuses(again.client)).toEqual({ disjoint: 'done', mixed: 'stopped', joint: 'paused' })
  expect(await again.client.queue.resume()).toEqual({ runs: [], analyses: [] })
})

test('analyses are paused and resumed with the runs', async () => {
  const { open, script } = bench({ holdAtPart: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'done')
  await client.analyses.ask({ kind: 'numerical-rank', runs: [runs[0]!.id] })
  await until(async () => (await client.analyses.list({}))[0]!.done === 1)
  expect((await client.queue.pause()).analyses).toMatchObject([{ status: 'paused', pausedWithAll: true }])
  script({})
  await client.queue.resume()
  await idle()
  expect(await client.analyses.list({})).toMatchObject([{ status: 'done', pausedWithAll: false }])
})

test('a shared phase names the run that it is trained for', async () => {
  const { client, ids, script, idle } = await training()
  const trainers = async () =>
    (await client.runs.list({})).map(({ status, phases }) => [status, phases[0]!.trainedFor?.name ?? null])
  expect(await trainers()).toEqual([
    ['running', 'toy-disjoint-s1'],
    ['queued', 'toy-disjoint-s1'],
    ['queued', null],
  ])
  const { runs } = await client.runs.pause({ runs: [ids[0]!] })
  expect(runs[0]!.phases[0]!.trainedFor).toEqual({ id: ids[1], name: 'toy-mixed-s1' })
  expect(await trainers()).toEqual([
    ['paused', 'toy-mixed-s1'],
    ['running', 'toy-mixed-s1'],
    ['queued', null],
  ])
  await client.runs.resume({ runs: [ids[0]!] })
  expect((await trainers())[0]).toEqual(['queued', 'toy-mixed-s1'])
  script({})
  await idle()
  expect((await trainers()).map(([, trainer]) => trainer)).toEqual([null, null, null])
})

test('runs that are trained before another one are counted, without those that are not in the queue', async () => {
  const { client, ids } = await training()
  const ahead = () => Promise.all(ids.map((run) => client.queue.ahead({ run })))
  expect(await ahead()).toEqual([0, 1, 2])
  await client.runs.pause({ runs: [ids[1]!] })
  expect(await ahead()).toEqual([0, 1, 1])
  await client.runs.move({ runs: [ids[2]!], to: 'front' })
  expect(await client.queue.ahead({ run: ids[2]! })).toBe(0)
})
