import { expect, test } from 'vitest'
import { trainedBench } from '../analyses/support.ts'

test('gradient dominance of several runs is exported as one figure and one table', async () => {
  const { client, host } = await trainedBench()
  const asked = await client.analyses.ask({ kind: 'gradient-dominance', runs: ['toy'], parameters: {} })
  await host.idle()
  const analyses = asked.analyses.map(({ id }) => id)
  expect(analyses).toHaveLength(3)
  const figure = await client.exports.figure({ figure: { name: 'dominance-runs', analyses }, format: 'svg' })
  expect(figure.name).toBe('toy-dominance-runs.svg')
  const svg = await figure.bytes.text()
  for (const seed of [1, 2, 3]) expect(svg).toContain(`joint, seed ${seed}`)
  expect(svg).not.toMatch(/NaN|undefined/)
  const table = await client.exports.table({ table: { name: 'dominance-runs', analyses }, format: 'csv-wide' })
  expect(table.name).toBe('toy-dominance-wide.csv')
  const lines = (await table.bytes.text()).trimEnd().split(/\r?\n/)
  expect(lines.map((line) => line.split(',')[0])).toEqual(['run', 'toy-joint-s1', 'toy-joint-s2', 'toy-joint-s3'])
  for (const { id, runs } of asked.analyses) {
    const { result } = await client.analyses.show({ analysis: id })
    const [first] = (result as { exits: number[] }).exits
    const line = lines.find((each) => each.startsWith(`${runs[0]!.name},`))!
    expect(Number(line.split(',')[4])).toBeCloseTo(first!, 6)
  }
})

test('gradient dominance of one run is exported by block, under the name of the run', async () => {
  const { client, host } = await trainedBench()
  const { analyses } = await client.analyses.ask({ kind: 'gradient-dominance', runs: ['toy-joint-s1'], parameters: {} })
  await host.idle()
  const chosen = { analyses: [analyses[0]!.id] }
  expect((await client.exports.table({ table: chosen, format: 'csv' })).name).toBe('toy-joint-s1-dominance.csv')
  const figure = await client.exports.figure({ figure: chosen, format: 'svg' })
  expect(figure.name).toBe('toy-joint-s1-dominance-blocks.svg')
})
