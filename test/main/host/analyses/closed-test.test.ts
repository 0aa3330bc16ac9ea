import { expect, test } from 'vitest'
import type { ModeConnectivityResult } from '../../../../src/readings/analyses/mode-connectivity/schema.ts'
import { bench, experiment, refusal, untilStatus } from '../support.ts'
import { untilAnalysis } from './support.ts'

/** A host with two series of one regime that are trained. */
async function sweptHost() {
  const { client } = await bench().open()
  const sweep = { 'training.learningRate': [0.001, 0.01] }
  const { runs } = await client.experiments.create(experiment({ seeds: [1], regimes: ['joint'], sweep }))
  for (const { id } of runs) await untilStatus(client, id, 'done')
  return { client, runs: runs.map(({ id }) => id) }
}

test('mode connectivity of a sweep has no test losses until they are opened, which its tables then say', async () => {
  const { client, runs } = await sweptHost()
  const { analyses } = await client.analyses.ask({ kind: 'mode-connectivity', runs })
  const ids = analyses.map(({ id }) => id)
  await untilAnalysis(client, ids[0]!, 'done')
  const shown = async () =>
    (await client.analyses.show({ analysis: ids[0]! })).result as ModeConnectivityResult & { caveats: string[] }
  const splitsIn = async () => {
    const { blocks, notes } = await client.exports.readTable({ table: { analyses: ids } })
    return { splits: blocks.map(({ title }) => title), said: JSON.stringify(notes).includes('were opened on') }
  }
  const closed = await shown()
  expect([Object.keys(closed.naive), Object.keys(closed.matched!)]).toEqual([['train'], ['train']])
  expect(closed.caveats.at(-1)).toContain('Losses on test samples are left out')
  expect(await splitsIn()).toEqual({ splits: ['train samples'], said: false })
  const table = { analyses: ids, name: 'connectivity', split: 'test' }
  expect((await refusal(client.exports.readTable({ table }))).message).toContain('The test values of toy are closed')
  await client.exports.figure({ figure: { analyses: ids, name: 'connectivity-map' }, format: 'svg' })
  await client.evaluations.openTest({ runs })
  expect(Object.keys((await shown()).naive)).toEqual(['train', 'test'])
  expect(await splitsIn()).toEqual({ splits: ['test samples', 'train samples'], said: true })
})

test('loss landscapes on test samples of a sweep are refused until these are opened, those on training samples are whole', async () => {
  const { client, runs } = await sweptHost()
  const landscape = { kind: 'loss-landscape', runs, parameters: { split: 'test', points: 3 } }
  const refused = await refusal(client.analyses.ask(landscape))
  expect(refused.code).toBe('conflict')
  expect(refused.message).toContain('Choose training samples (split train)')
  const ofTraining = await client.analyses.ask({ ...landscape, parameters: { points: 3 } })
  const { id } = ofTraining.analyses[0]!
  await untilAnalysis(client, id, 'done')
  const { caveats } = (await client.analyses.show({ analysis: id })).result as { caveats: string[] }
  expect(caveats.join()).not.toContain('left out')
  await client.evaluations.openTest({ runs })
  const { analyses } = await client.analyses.ask(landscape)
  expect(analyses).toHaveLength(2)
})

test('runs of regimes that differ in nothing else have their test losses', async () => {
  const { client } = await bench().open()
  const { runs } = await client.experiments.create(experiment({ seeds: [1], regimes: ['joint', 'mixed'] }))
  for (const { id } of runs) await untilStatus(client, id, 'done')
  const asked = { kind: 'loss-landscape', runs: runs.map(({ id }) => id), parameters: { split: 'test', points: 3 } }
  const { analyses } = await client.analyses.ask(asked)
  for (const { id } of analyses) await untilAnalysis(client, id, 'done')
  expect((await client.analyses.show({ analysis: analyses[0]!.id })).result).not.toBeNull()
})
