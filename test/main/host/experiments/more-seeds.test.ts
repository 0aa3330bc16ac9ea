import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { fixture } from '../imports/readers/support.ts'
import { bench, experiment, refusal, temporaryFolder, untilStatus } from '../support.ts'

/** A workspace with two series of one seed each, trained. */
async function trained(changes: Parameters<typeof experiment>[0] = {}) {
  const host = await bench().open()
  const file = experiment({ seeds: [3], regimes: ['joint', 'disjoint'], ...changes })
  const { id, runs } = await host.client.experiments.create(file)
  for (const run of runs) await untilStatus(host.client, run.id, 'done')
  return { ...host, id, runs }
}

test('more seeds of a series are those of a new experiment with the same name, whose former seeds are not trained again', async () => {
  const { client, id, runs } = await trained()
  const [joint] = runs
  const [added] = await client.experiments.moreSeeds({ runs: [joint!.id], more: 2 })
  expect(added).toMatchObject({ name: 'toy', seeds: [4, 5] })
  expect(added!.id).not.toBe(id)
  expect(added!.runs.map(({ name }) => name)).toEqual(['toy-joint-s3', 'toy-joint-s4', 'toy-joint-s5'])
  for (const run of added!.runs) await untilStatus(client, run.id, 'done')
  const details = await Promise.all([joint!, ...added!.runs].map((run) => client.runs.show({ run: run.id })))
  const phases = details.map((detail) => detail.phases.at(-1)!)
  expect(phases[1]!.id).toBe(phases[0]!.id)
  expect(phases[1]!.finishedAt).toBe(phases[0]!.finishedAt)
  expect(new Set(phases.map((phase) => phase.id)).size).toBe(3)
  expect(details[2]!.file.seeds).toEqual([3, 4, 5])
  // Asked again, there is nothing to add.
  const again = await client.experiments.moreSeeds({ runs: [joint!.id], more: 2 })
  expect(again[0]!.runs.map((run) => [run.id, run.status])).toEqual(added!.runs.map((run) => [run.id, 'done']))
})

test('of a sweep the series of the runs alone get more seeds, and opened test values stay open', async () => {
  const sweep = { 'training.learningRate': [0.001, 0.01] }
  const { client, runs } = await trained({ regimes: ['joint'], sweep })
  const slow = runs.find(({ name }) => name.includes('0-001'))!
  await client.evaluations.openTest({ runs: [slow.id] })
  const [added] = await client.experiments.moreSeeds({ runs: [slow.id], more: 1 })
  expect(added!.runs.map(({ name }) => name)).toEqual([slow.name, slow.name.replace('-s3', '-s4')])
  for (const run of added!.runs) await untilStatus(client, run.id, 'done')
  const question = { runs: [added!.id], split: 'test' as const }
  const answer = (await client.readings.ask({ reading: 'budgets', question })) as { testOpenedAt?: number }
  expect(answer.testOpenedAt).toEqual(expect.any(Number))
})

test('imported results, which have no experiment file, and runs that are not there are refused', async () => {
  const { client } = await bench().open({ train: false })
  await client.imports.add({ paths: [fixture('public-code/runs/tinyset_sdn_MIXED001_1')], name: 'sdn' })
  expect(await refusal(client.experiments.moreSeeds({ runs: ['sdn'], more: 1 }))).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('no experiment file'),
  })
  expect((await refusal(client.experiments.moreSeeds({ runs: ['nothing'], more: 1 }))).code).toBe('not-found')
})

test('what else stands for the seeds in the file of an experiment stays as it is', async () => {
  const { client } = await bench().open({ train: false })
  const { file, folder } = experiment({ seeds: [1, 2], regimes: ['joint'] })
  const source = 'name: toy\nseeds: &both [1, 2]\nnetwork: { exits: *both }\n'
  const { runs } = await client.experiments.create({ file, folder, source })
  const [added] = await client.experiments.moreSeeds({ runs: [runs[0]!.id], more: 1 })
  const { source: written } = await client.runs.show({ run: added!.runs[0]!.id })
  expect(parse(written!)).toEqual({ name: 'toy', seeds: [1, 2, 3], network: { exits: [1, 2] } })
})

test('of several experiments none gets more seeds where one cannot be trained', async () => {
  const { client } = await bench().open({ train: false })
  const data = temporaryFolder()
  mkdirSync(join(data, 'images'))
  const { file } = experiment({ seeds: [1], regimes: ['joint'] })
  await client.experiments.create(experiment({ seeds: [1], regimes: ['joint'] }))
  await client.experiments.create({ file: { ...file, name: 'gone' }, folder: data })
  const before = await client.runs.list({})
  rmSync(join(data, 'images'), { recursive: true })
  expect((await refusal(client.experiments.moreSeeds({ runs: ['toy', 'gone'], more: 1 }))).code).toBe('data')
  expect(await client.runs.list({})).toEqual(before)
})
