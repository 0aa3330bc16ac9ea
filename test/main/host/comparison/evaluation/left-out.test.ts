import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { readings } from '../../../../../src/readings/index.ts'
import { bestAnswer } from '../../../../../src/readings/best/schema.ts'
import { bestSentence } from '../../../../../src/readings/best/sentence.ts'
import { captionOf } from '../../../../../src/shared/tables/table.ts'
import { bench, experiment, until, type Bench } from '../../support.ts'

const sentence =
  '4 of 8 runs are left out: 4 failed (disjoint · learning rate 1e+30: seeds 1, 2; joint · learning rate 1e+30: seeds 1, 2).'

/** Two regimes × two learning rates × two seeds, of which all runs at the larger rate failed. */
async function divergedSweep(): Promise<{ client: HostClient; bench: Bench; ids: string[] }> {
  const made = bench({ failure: { code: 'diverged', message: 'the loss is not a finite number' } })
  const { client } = await made.open()
  const sweep = { 'training.learningRate': [0.001, 1e30] }
  const { runs } = await client.experiments.create(experiment({ seeds: [1, 2], regimes: ['disjoint', 'joint'], sweep }))
  const ids = runs.map(({ id }) => id)
  const statuses = async () => (await client.runs.list({ runs: ids })).map(({ status }) => status)
  await until(async () => (await statuses()).every((status) => status === 'failed'))
  made.script({})
  const small = await client.runs.list({ runs: ids })
  const well = small.filter(({ settings }) => settings['training.learningRate'] === 0.001).map(({ id }) => id)
  await client.runs.retry({ runs: well })
  await until(async () => (await statuses()).filter((status) => status === 'done').length === 4)
  return { client, bench: made, ids }
}

test('runs that failed are said to be left out by every comparison, in table, figure and JSON', async () => {
  const { client } = await divergedSweep()
  await client.evaluations.openTest({ runs: ['toy'] })
  const compared = readings.entries().filter(([, { info }]) => info.of !== 'runs')
  expect(compared.length).toBeGreaterThan(10)
  const made: string[] = []
  for (const [name, reading] of compared) {
    for (const question of [{}, { runs: ['toy'] }]) {
      const asked = { reading: name, question: { ...question, budgets: [null] } }
      const answer = await client.readings.ask(asked).catch((error: { data: { code: string } }) => error.data.code)
      // Latency was not measured; there are no static networks; nothing was held back.
      if (typeof answer === 'string') {
        expect(['conflict', 'usage']).toContain(answer)
        continue
      }
      made.push(name)
      const [json] = [reading.json(answer)].flat() as { leftOut?: object }[]
      expect(json!.leftOut, name).toMatchObject({ of: 8, runs: [{}, {}, {}, {}], series: [{}, {}] })
      if (reading.hasTable)
        expect(captionOf(await client.exports.readTable({ table: asked })), name).toContain(sentence)
      // The figure of calibration is of one series.
      if (!reading.hasFigure || name === 'calibration') continue
      const { bytes } = await client.exports.figure({ figure: asked, format: 'svg' })
      expect(await bytes.text(), name).toContain(sentence)
    }
  }
  expect(made).toEqual(expect.arrayContaining(['best', 'budgets', 'curve', 'differences', 'exits', 'training-cost']))
})

test('settings that diverged stay in the names of series and among those that the best is compared with', async () => {
  const { client, ids } = await divergedSweep()
  const question = { runs: ['toy'], budgets: [null] }
  const answer = bestAnswer.parse(await client.readings.ask({ reading: 'best', question }))
  expect(answer.atBudgets[0]!.ranking.map(({ series }) => series).sort()).toEqual([
    'disjoint · learning rate 0.001',
    'joint · learning rate 0.001',
  ])
  expect(bestSentence(answer, null)).toContain(
    '2 of 3 others have no result: disjoint · learning rate 1e+30 and joint · learning rate 1e+30.',
  )
  expect(bestSentence(answer, null)).toMatch(/\b1 of 3 others is\b/)
  const done = (await client.runs.list({ runs: ids })).filter(({ status }) => status === 'done')
  const beside = { reading: 'budgets', question: { runs: done.map(({ id }) => id), among: ids } }
  expect(captionOf(await client.exports.readTable({ table: beside }))).toContain(sentence)
})

test('an answer is made anew when a run that was left out is done', async () => {
  const { client, ids } = await divergedSweep()
  const table = { reading: 'budgets', question: { runs: ['toy'] } }
  expect((await client.exports.readTable({ table })).about).toEqual([sentence])
  await client.runs.retry({ runs: ids })
  await until(async () => (await client.runs.list({ runs: ids })).every(({ status }) => status === 'done'))
  expect((await client.exports.readTable({ table })).about).toEqual([])
})
