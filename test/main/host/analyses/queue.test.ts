import type { ModeConnectivityResult } from '../../../../src/readings/analyses/mode-connectivity/schema.ts'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { refusal, until } from '../support.ts'
import { connectivity, one, rank, short, trainedBench, untilAnalysis, untilParts } from './support.ts'

async function results(client: HostClient, ids: readonly string[]) {
  const shown = await Promise.all(ids.map((analysis) => client.analyses.show({ analysis })))
  return shown.map(({ result, whole }) => ({ result, whole }))
}

test('computes one analysis at a time, in the order of the requests', async () => {
  const { client, host, journal, script } = await trainedBench({ holdAtPart: 0 })
  const { analyses } = await client.analyses.ask(rank)
  const { analyses: pairs } = await client.analyses.ask(connectivity)
  const all = [...analyses, ...pairs]
  await untilAnalysis(client, all[0]!.id, 'running')
  expect(await Promise.all(all.slice(1).map(async ({ id }) => (await one(client, id)).status))).toEqual(
    Array(5).fill('queued'),
  )
  script({})
  await host.idle()
  expect(journal().filter((line) => /^analy/.test(line))).toEqual([
    ...Array(3).fill(['analyse numerical-rank', 'analysed numerical-rank']).flat(),
    ...Array(3).fill(['analyse mode-connectivity', 'analysed mode-connectivity']).flat(),
  ])
  expect((await client.analyses.list()).map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed())
})

test('a training continues beside an analysis', async () => {
  const { client, host, script, runs } = await trainedBench({ holdAtPart: 1 })
  const { analyses } = await client.analyses.ask({ ...rank, runs: [runs[0]!.id] })
  await untilParts(client, analyses[0]!.id, 1)
  await client.experiments.create(short({ seeds: [4] }))
  await until(async () => (await client.runs.list({})).every(({ status }) => status === 'done'))
  expect((await one(client, analyses[0]!.id)).status).toBe('running')
  script({})
  await host.idle()
  expect((await one(client, analyses[0]!.id)).status).toBe('done')
})

test('a repeated request is answered at once', async () => {
  const { client, host, journal } = await trainedBench()
  const first = await client.analyses.ask(rank)
  await host.idle()
  const lines = journal().length
  const again = await client.analyses.ask({ ...rank, parameters: { samples: 2000 } })
  await host.idle()
  expect(again.analyses.map(({ id, status }) => [id, status])).toEqual(first.analyses.map(({ id }) => [id, 'done']))
  expect(journal()).toHaveLength(lines)
})

test('a paused analysis keeps its parts, and resumed it ends as an uninterrupted one', async () => {
  const whole = await trainedBench()
  const expected = await whole.client.analyses.ask(connectivity)
  await whole.host.idle()

  const { client, host, journal, script } = await trainedBench({ holdAtPart: 2 })
  const { analyses } = await client.analyses.ask(connectivity)
  const ids = analyses.map(({ id }) => id)
  expect(ids).toEqual(expected.analyses.map(({ id }) => id))
  await untilParts(client, ids[0]!, 2)
  const paused = await client.analyses.pause({ analyses: ids })
  expect(paused.analyses.map(({ status, done, total }) => [status, done, total])).toEqual([
    // The part that it was at has been done.
    ['paused', 3, 4],
    ['paused', 0, 0],
    ['paused', 0, 0],
  ])
  const shown = await client.analyses.show({ analysis: ids[0]! })
  const { lambdas } = shown.result as ModeConnectivityResult
  // As the fake trainer shows three parts of four of a path with 25 points.
  expect([shown.whole, lambdas.length]).toEqual([false, 18])
  script({})
  const { analyses: resumed } = await client.analyses.resume({ analyses: ids })
  expect(resumed.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued'])
  await host.idle()
  expect(await results(client, ids)).toEqual(await results(whole.client, ids))
  expect(journal().filter((line) => line === 'part 0')).toHaveLength(3)
  expect((await one(client, ids[0]!)).seconds).toBeGreaterThanOrEqual(paused.analyses[0]!.seconds)
})

test('a pause does not wait for a part that takes long, and it is computed again', async () => {
  const { client, host, journal, script, runs } = await trainedBench({ stepMilliseconds: 1e6 }, { partMilliseconds: 1 })
  const { analyses } = await client.analyses.ask({ ...rank, runs: [runs[0]!.id] })
  const ids = analyses.map(({ id }) => id)
  await until(() => journal().includes('analyse numerical-rank'))
  const paused = await client.analyses.pause({ analyses: ids })
  expect(paused.analyses.map(({ status, done }) => [status, done])).toEqual([['paused', 0]])
  script({})
  await client.analyses.resume({ analyses: ids })
  await host.idle()
  expect((await one(client, ids[0]!)).status).toBe('done')
})

test('a paused or failed analysis is queued again when it is requested again', async () => {
  const { client, host, script } = await trainedBench({ analysisFailure: { code: 'data', message: 'no images' } })
  const { analyses } = await client.analyses.ask(rank)
  await host.idle()
  expect(await one(client, analyses[0]!.id)).toMatchObject({ status: 'failed', error: 'no images' })
  script({ holdAtPart: 1 })
  const again = await client.analyses.ask(rank)
  expect(again.analyses.map(({ id, status, error }) => [id, status, error])).toEqual(
    analyses.map(({ id }) => [id, 'queued', null]),
  )
  await client.analyses.pause({ analyses: analyses.map(({ id }) => id) })
  script({})
  await client.analyses.ask(rank)
  await host.idle()
  expect((await client.analyses.list()).map(({ status }) => status)).toEqual(['done', 'done', 'done'])
})

test('a crashed trainer is restarted and continues after the last part', async () => {
  const { client, host, journal, runs } = await trainedBench({ crashes: 2, crashAtPart: 2 })
  const { analyses } = await client.analyses.ask({ ...rank, runs: [runs[2]!.id] })
  await host.idle()
  expect((await one(client, analyses[0]!.id)).status).toBe('done')
  expect(journal().filter((line) => /^(crash|part)/.test(line))).toEqual([
    ...['part 0', 'part 1', 'crash', 'crash', 'part 2', 'part 3'],
  ])
  const log = await client.runs.log({ run: runs[2]!.id })
  expect(log.find(({ level }) => level === 'warning')!.message).toMatch(
    /^Numerical rank of toy-joint-s3: .*SIGKILL[^]*a fake fault[^]*resumes after the last finished part \(attempt 2\)/,
  )
})

test('a trainer that crashes repeatedly fails the analysis, and the next one is computed', async () => {
  const { client, host, script } = await trainedBench({ crashes: 4, crashAtPart: 1 })
  const { analyses } = await client.analyses.ask(rank)
  await host.idle()
  const found = await Promise.all(analyses.map(({ id }) => one(client, id)))
  expect(found.map(({ status, done }) => [status, done])).toEqual([
    ['failed', 1],
    ['done', 4],
    ['done', 4],
  ])
  expect(found[0]!.error).toMatch(/crashed repeatedly[^]*Close other programs, then resume the analysis/)
  script({})
  await client.analyses.resume({ analyses: [analyses[0]!.id] })
  await host.idle()
  expect((await one(client, analyses[0]!.id)).status).toBe('done')
})

test('an analysis that is deleted while it is computed leaves nothing, and can be requested again', async () => {
  const { client, host, script, workspace, journal } = await trainedBench({ holdAtPart: 2 })
  const { analyses } = await client.analyses.ask(rank)
  const { id } = analyses[0]!
  await untilParts(client, id, 2)
  expect(await client.analyses.delete({ analyses: [id, analyses[1]!.id] })).toEqual({
    analyses: [id, analyses[1]!.id],
  })
  expect(existsSync(join(workspace, 'analyses', id))).toBe(false)
  expect((await refusal(client.analyses.show({ analysis: id }))).code).toBe('not-found')
  script({})
  await host.idle()
  expect((await client.analyses.list()).map((each) => [each.id, each.status])).toEqual([[analyses[2]!.id, 'done']])
  const before = journal().length
  await client.analyses.ask(rank)
  await host.idle()
  expect(
    journal()
      .slice(before)
      .filter((line) => line === 'part 0'),
  ).toHaveLength(2)
})

test('an analysis that is requested again before the trainer has stopped it is computed', async () => {
  const { client, host, script, runs } = await trainedBench({ holdAtPart: 2 })
  const question = { ...rank, runs: [runs[0]!.id] }
  const { id } = (await client.analyses.ask(question)).analyses[0]!
  await untilParts(client, id, 2)
  const deleting = client.analyses.delete({ analyses: [id] })
  await client.analyses.ask(question)
  await deleting
  script({})
  await host.idle()
  expect(await client.analyses.show({ analysis: id })).toMatchObject({ whole: true, analysis: { status: 'done' } })
})

test('a host that is closed queues again what was computed, and the next host continues', async () => {
  const { client, host, script, open, runs, journal } = await trainedBench({ holdAtPart: 2 })
  const { analyses } = await client.analyses.ask({ ...rank, runs: [runs[0]!.id] })
  const { id } = analyses[0]!
  await untilParts(client, id, 2)
  await host.close()
  const looker = await open({ train: false, analyse: false })
  expect(await one(looker.client, id)).toMatchObject({ status: 'queued', done: 3, total: 4 })
  expect((await looker.client.analyses.show({ analysis: id })).result).toBeNull()
  await looker.close()
  script({})
  const next = await open({ train: false })
  await next.idle()
  expect(await one(next.client, id)).toMatchObject({ status: 'done', done: 4, total: 4 })
  expect(journal().filter((line) => line.startsWith('part'))).toEqual(['part 0', 'part 1', 'part 2', 'part 3'])
})

test('a damaged result is reported, and requested again it is the same', async () => {
  const { client, host, workspace, runs } = await trainedBench()
  const question = { ...rank, runs: [runs[0]!.id] }
  const { id } = (await client.analyses.ask(question)).analyses[0]!
  await host.idle()
  const file = join(workspace, 'analyses', id, 'result.json')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.subarray(1))
  const shown = await client.analyses.show({ analysis: id })
  expect(shown).toMatchObject({ whole: false, result: null, analysis: { status: 'failed' } })
  expect(shown.analysis.error).toMatch(/^Its result, analyses\/\w+\/result\.json, is damaged: .*Resume the analysis/)
  await client.analyses.ask(question)
  await host.idle()
  expect(readFileSync(file)).toEqual(bytes)
  writeFileSync(file, '')
  // Nobody has looked at it since.
  await client.analyses.ask(question)
  await host.idle()
  expect(readFileSync(file)).toEqual(bytes)
})

test('damaged weights fail the analysis with a remedy, and it resumes once they are trained again', async () => {
  const { client, host, runs } = await trainedBench()
  const { phases } = await client.runs.show({ run: runs[2]!.id })
  const { file } = phases[0]!.checkpoint!
  writeFileSync(file, 'damaged')
  const { id } = (await client.analyses.ask({ ...rank, runs: [runs[2]!.id] })).analyses[0]!
  await host.idle()
  const failed = await one(client, id)
  expect([failed.status, failed.error]).toEqual([
    'failed',
    expect.stringContaining(`Retry ${runs[2]!.name}, which trains`),
  ])
  await client.runs.retry({ runs: [runs[2]!.id] })
  await host.idle()
  await client.analyses.resume({ analyses: [id] })
  await host.idle()
  expect((await one(client, id)).status).toBe('done')
})

test('an analysis of a run that was deleted waits until that is restored', async () => {
  const { client, host, script, runs } = await trainedBench({ holdAtPart: 1 })
  const { id } = (await client.analyses.ask({ ...rank, runs: [runs[2]!.id] })).analyses[0]!
  await untilParts(client, id, 1)
  await client.runs.delete({ runs: [runs[2]!.id] })
  script({})
  await host.idle()
  expect((await one(client, id)).status).toBe('queued')
  expect((await refusal(client.analyses.ask({ ...rank, runs: [runs[2]!.id] }))).code).toBe('not-found')
  await client.runs.restore({ runs: [runs[2]!.id] })
  await host.idle()
  expect((await one(client, id)).status).toBe('done')
})

test('analyses are purged with their runs, unless another run ends in the same phase', async () => {
  const { client, host, workspace, runs } = await trainedBench()
  await client.experiments.create(short({ name: 'twin', seeds: [3] }))
  await host.idle()
  const { analyses } = await client.analyses.ask(rank)
  await host.idle()
  await client.runs.delete({ runs: ['toy'] })
  expect(await client.analyses.list()).toHaveLength(3)
  expect(await client.analyses.list({ runs: [runs[0]!.id] })).toHaveLength(1)
  await client.runs.purge({ runs: runs.map(({ id }) => id) })
  const left = await client.analyses.list()
  expect(left.map(({ id, runs: [run] }) => [id, run!.name])).toEqual([[analyses[2]!.id, 'twin-joint-s3']])
  expect(analyses.map(({ id }) => existsSync(join(workspace, 'analyses', id)))).toEqual([false, false, true])
  expect((await client.analyses.show({ analysis: analyses[2]!.id })).whole).toBe(true)
})
