import { expect, test } from 'vitest'
import { bench, experiment, untilStatus } from '../support.ts'
import { untilAnalysis } from '../analyses/support.ts'

test('lines are named by the series of the experiment that is asked for, also where another one has the same weights', async () => {
  const { client } = await bench().open()
  const trained = async (changes: Parameters<typeof experiment>[0]) => {
    const created = await client.experiments.create(experiment({ seeds: [1], regimes: ['joint'], ...changes }))
    for (const { id } of created.runs) await untilStatus(client, id, 'done')
    return created
  }
  const rank = async ({ runs }: { runs: { id: string }[] }) => {
    const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: runs.map(({ id }) => id) })
    for (const { id } of analyses) await untilAnalysis(client, id, 'done')
    return analyses.map(({ id }) => id)
  }
  const { learningRate } = experiment().file.training
  const [alone] = await rank(await trained({}))
  const swept = await trained({ name: 'swept', sweep: { 'training.learningRate': [learningRate, 0.02] } })
  const analyses = await rank(swept)
  expect(analyses[0]).toBe(alone)
  const named = async (query: object) =>
    (await client.exports.readTable({ table: { analyses, ...query } })).columns.map(({ name }) => name)
  const [first, second] = [learningRate, 0.02].map((rate) => `joint · learning rate ${rate}`)
  expect(await named({})).toEqual(['joint', second])
  expect(await named({ experiment: swept.id })).toEqual([first, second])
})

test('landscapes of two experiments of one name are told apart as comparisons tell their runs apart', async () => {
  const { client } = await bench().open()
  const epochs = experiment().file.training.epochs
  const created = []
  for (const training of [{ epochs }, { epochs: epochs + 1 }])
    created.push(
      await client.experiments.create(
        experiment({ seeds: [1], regimes: ['joint'], training: { ...experiment().file.training, ...training } }),
      ),
    )
  const runs = created.flatMap((each) => each.runs.map(({ id }) => id))
  for (const id of runs) await untilStatus(client, id, 'done')
  const parameters = { points: 3 }
  const { analyses } = await client.analyses.ask({ kind: 'loss-landscape', runs, parameters })
  for (const { id } of analyses) await untilAnalysis(client, id, 'done')
  const figure = { name: 'landscape-slice' as const, analyses: analyses.map(({ id }) => id) }
  const { name, bytes } = await client.exports.figure({ figure, format: 'svg' })
  const svg = await bytes.text()
  for (const { id } of created) expect(svg).toContain(`joint, toy (${id.slice(0, 6)})`)
  expect(name).toBe('toy-landscape-slice-delta.svg')
})
