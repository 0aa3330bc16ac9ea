import { expect, test } from 'vitest'
import { openReader } from '../../../src/main/host/read-only-host.ts'
import { askReading } from '../../../src/readings/ask.ts'
import { bench, experiment, refusal, untilStatus } from '../support.ts'

/** A workspace with two series of one regime. */
async function sweptBench() {
  const { open, workspace } = bench()
  const host = await open()
  const swept = experiment({ seeds: [1], regimes: ['joint'], sweep: { 'training.learningRate': [0.001, 0.01] } })
  const { runs } = await host.client.experiments.create(swept)
  for (const { id } of runs) await untilStatus(host.client, id, 'done')
  const { client } = host
  const ids = runs.map(({ id }) => id)
  const ask = (question: object = {}) =>
    askReading(client, { reading: 'budgets', question: { runs: ids, ...question } })
  return { host, client, workspace, ids, ask }
}

test('a sweep is read on validation samples until its test values are opened, which is kept and said in captions', async () => {
  const { host, client, workspace, ids, ask } = await sweptBench()
  const closed = await ask()
  expect(closed.readOn).toBe('validation')
  expect((await refusal(ask({ split: 'test' }))).message).toContain('The test values of toy are closed')
  expect(await client.evaluations.openTest({ runs: [ids[0]!] })).toEqual({ experiments: ['toy'] })
  const { readOn, testOpenedAt } = await ask()
  expect(readOn).toBeUndefined()
  expect(Date.now() - testOpenedAt!).toBeLessThan(60_000)
  await client.evaluations.openTest({ runs: ids })
  expect((await ask({ split: 'test' })).testOpenedAt).toBe(testOpenedAt)
  const table = { reading: 'budgets', question: { runs: ids } }
  expect((await client.exports.readTable({ table })).caption).toContain('were opened on')
  expect((await ask({ split: 'validation' })).rows).toEqual(closed.rows)
  await host.close()
  const reader = openReader({ workspace, environment: {} })!
  const kept = await askReading(reader.client, { reading: 'budgets', question: { runs: ids } })
  expect(kept.testOpenedAt).toBe(testOpenedAt)
  await reader.close()
})

test('one of its series has its test values in any case', async () => {
  const { ids, ask } = await sweptBench()
  expect((await ask({ runs: [ids[1]!], split: 'test' })).rows).toHaveLength(1)
})
