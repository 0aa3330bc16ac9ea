import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { bench, experiment, refusal, until, untilStatus } from '../../support.ts'

/** Two experiments that share the regime mixed, and with it the backbone of disjoint. */
async function trained(client: HostClient) {
  const first = await client.experiments.create(experiment({ name: 'first', regimes: ['disjoint', 'mixed'] }))
  const second = await client.experiments.create(experiment({ name: 'second', regimes: ['mixed', 'joint'] }))
  for (const { id } of [...first.runs, ...second.runs]) await untilStatus(client, id, 'done')
  const [run, other] = [first.runs[0]!.id, second.runs[1]!.id]
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: [run, other] })
  for (const { id } of analyses)
    await until(async () => (await client.analyses.show({ analysis: id })).analysis.status === 'done')
  return { first, second }
}

const own = (use: { checkpointBytes: number; evaluationBytes: number; analysisBytes: number }) =>
  use.checkpointBytes + use.evaluationBytes + use.analysisBytes

test('reports the disk space of a workspace by experiment, shared phases once', async () => {
  const { client } = await bench().open()
  await trained(client)
  const { experiments, sharedBytes, bin } = await client.system.disk()
  const { disk } = await client.system.info()
  expect(experiments.map(({ name, runs, deleted }) => [name, runs, deleted])).toEqual([
    ['first', 2, 0],
    ['second', 2, 0],
  ])
  for (const each of experiments) {
    expect([each.checkpointBytes, each.evaluationBytes, each.analysisBytes].every((bytes) => bytes > 0)).toBe(true)
    expect(each.sharedBytes).toBe(sharedBytes)
  }
  const all = experiments.reduce((sum, each) => sum + own(each), sharedBytes)
  expect(all).toBe(disk.checkpointBytes + disk.evaluationBytes + disk.analysisBytes)
  expect(bin).toEqual({ runs: 0, bytes: 0 })
})

test('counts the cache of tokens beside the experiments, wherever disk space is reported', async () => {
  const { client } = await bench().open()
  const { folder } = (await client.system.disk()).tokens
  const empty = (await client.system.doctor()).find(({ check }) => check === 'disk')!
  expect(empty.detail).not.toContain('tokens')
  mkdirSync(folder)
  writeFileSync(join(folder, 'made-up.safetensors'), Buffer.alloc(3e7))
  expect((await client.system.disk()).tokens).toEqual({ folder, bytes: 3e7 })
  expect((await client.system.info()).disk.tokenBytes).toBe(3e7)
  const full = (await client.system.doctor()).find(({ check }) => check === 'disk')!
  expect(full.detail).toContain('30.0 MB of it tokens of texts, which may be deleted')
})

test('purging an experiment frees what was reported, and no file of another one', async () => {
  const { client } = await bench().open()
  const { first, second } = await trained(client)
  const before = await client.system.disk()
  const kept = await Promise.all(second.runs.map(({ id }) => client.runs.show({ run: id })))
  const purged = await client.experiments.purge({ experiments: [first.id] })
  expect(purged.freedBytes).toBe(own(before.experiments[0]!))
  expect(purged.runs).toHaveLength(2)
  for (const { phases, evaluation } of kept)
    for (const file of [evaluation, ...phases.map(({ checkpoint }) => checkpoint)])
      expect(existsSync(file!.file)).toBe(true)
  const after = await client.system.disk()
  expect(after.experiments.map(({ name }) => name)).toEqual(['second'])
  expect(own(after.experiments[0]!)).toBe(own(before.experiments[1]!) + before.sharedBytes)
  expect(after.sharedBytes).toBe(0)
  expect((await refusal(client.experiments.purge({ experiments: [first.id] }))).code).toBe('not-found')
})

test('purging deleted runs frees what they alone need', async () => {
  const { client } = await bench().open()
  const { first, second } = await trained(client)
  await client.runs.delete({ runs: [first.runs[1]!.id, second.runs[1]!.id] })
  const { experiments, bin } = await client.system.disk()
  expect(experiments.map(({ runs, deleted }) => [runs, deleted])).toEqual([
    [1, 1],
    [1, 1],
  ])
  expect(bin.runs).toBe(2)
  const deleted = (await client.runs.list({ deleted: true })).map(({ id }) => id)
  expect((await client.runs.purge({ runs: deleted })).freedBytes).toBe(bin.bytes)
  expect(bin.bytes).toBe(own(experiments[1]!))
})
