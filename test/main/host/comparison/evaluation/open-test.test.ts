import { expect, test } from 'vitest'
import { openReader } from '../../../../../src/main/host/open/read-only-host.ts'
import { askReading } from '../../../../../src/readings/ask.ts'
import { bench, experiment, refusal, untilStatus } from '../../support.ts'

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
  const { report } = await client.reports.read({ runs: ids, readings: ['budgets'] })
  const checklist = JSON.stringify(report.sections.find(({ id }) => id === 'checklist'))
  expect(checklist).toContain('(“Best series”). Test values of all series of this sweep were opened on')
  expect((await ask({ split: 'validation' })).rows).toEqual(closed.rows)
  await host.close()
  const reader = openReader({ workspace, environment: {} })!
  const kept = await askReading(reader.client, { reading: 'budgets', question: { runs: ids } })
  expect(kept.testOpenedAt).toBe(testOpenedAt)
  await reader.close()
})

test('what is compared beside a sweep is read on test samples as soon as those of the sweep are opened', async () => {
  const { client, ids, ask } = await sweptBench()
  const { runs } = await client.experiments.create(experiment({ name: 'other', seeds: [1], regimes: ['joint'] }))
  const other = runs[0]!.id
  await untilStatus(client, other, 'done')
  const beside = () => ask({ runs: [other], among: ids })
  expect((await beside()).readOn).toBe('validation')
  await client.evaluations.openTest({ runs: ids })
  const { readOn, testOpenedAt } = await ask({ runs: [other, ...ids] })
  expect([(await beside()).readOn, readOn, typeof testOpenedAt]).toEqual([undefined, undefined, 'number'])
})

test('a sweep of which one series is trained is closed, too, where every run that is done is compared', async () => {
  const { open } = bench()
  const { client } = await open()
  const swept = experiment({ seeds: [1], regimes: ['joint'], sweep: { 'training.learningRate': [0.001, 0.01] } })
  const { runs } = await client.experiments.create(swept)
  await client.runs.pause({ runs: [runs[1]!.id] })
  await untilStatus(client, runs[0]!.id, 'done')
  const { rows, readOn } = await askReading(client, { reading: 'budgets' })
  expect([rows.length, readOn]).toEqual([1, 'validation'])
})

test('lists of runs have no test values of a sweep until they are opened, which followers are told; a run by itself has them', async () => {
  const { client, host, ids } = await sweptBench()
  const listed = async () => (await client.runs.list({})).map(({ scores }) => scores)
  expect(await listed()).toEqual(ids.map(() => ({ validation: [expect.any(Number), expect.any(Number)], test: null })))
  const own = (await client.runs.show({ run: ids[0]! })).scores
  expect(own!.test).toEqual([expect.any(Number), expect.any(Number)])
  const { cursor } = await client.runs.snapshot()
  await client.evaluations.openTest({ runs: [ids[0]!] })
  expect((await listed())[0]).toEqual(own)
  const told: string[] = []
  for await (const event of await client.events.follow({ after: cursor })) {
    if (event.type === 'run' && event.run.scores?.test) told.push(event.run.id)
    if (told.length === 2) break
  }
  expect(told).toEqual(ids)
  await host.close()
})

test('one of its series has its test values in any case', async () => {
  const { ids, ask } = await sweptBench()
  expect((await ask({ runs: [ids[1]!], split: 'test' })).rows).toHaveLength(1)
})

test('no reading has test values of a sweep that are closed', async () => {
  const { client, ids } = await sweptBench()
  const ofAll = { runs: ids }
  const ofOne = { runs: [ids[0]!], among: ids }
  const splits = async (split?: 'test') => ({
    whatIf: (await askReading(client, { reading: 'what-if', question: { ...ofOne, split, thresholds: 0.5 } })).readOn,
    confusion: (await askReading(client, { reading: 'confusion', question: { ...ofOne, split } })).split,
    calibration: (await askReading(client, { reading: 'calibration', question: { ...ofAll, split } })).series.map((each) => each.split), // prettier-ignore
    thresholds: (await askReading(client, { reading: 'thresholds', question: { ...ofAll, split } })).readOn,
    failures: (await askReading(client, { reading: 'failure-prediction', question: { ...ofAll, split } })).series[0]!.readOn, // prettier-ignore
    samples: (await askReading(client, { reading: 'samples', question: { ...ofOne, split, thresholds: 0.5 } })).split, // prettier-ignore
  })
  expect(await splits()).toEqual({
    ...{ whatIf: 'validation', confusion: 'validation', calibration: ['validation', 'validation'] },
    ...{ thresholds: 'validation', failures: 'validation', samples: 'validation' },
  })
  const closed = 'The test values of toy are closed'
  for (const { reading, question } of [
    { reading: 'what-if', question: { ...ofOne, split: 'test', thresholds: 0.5 } },
    { reading: 'confusion', question: { ...ofOne, split: 'test' } },
    { reading: 'calibration', question: { ...ofAll, split: 'test' } },
    { reading: 'samples', question: { ...ofOne, split: 'test', thresholds: 0.5 } },
    { reading: 'thresholds', question: { ...ofAll, split: 'test' } },
    { reading: 'failure-prediction', question: { ...ofAll, split: 'test' } },
    // What it says is of test samples.
    { reading: 'optimism', question: ofAll },
  ])
    expect((await refusal(client.readings.ask({ reading, question }))).message).toContain(closed)
  await client.evaluations.openTest(ofAll)
  expect(await splits('test')).toEqual({
    ...{ whatIf: undefined, confusion: 'test', calibration: ['test', 'test'] },
    ...{ thresholds: undefined, failures: undefined, samples: 'test' },
  })
  expect((await askReading(client, { reading: 'optimism', question: ofAll })).rows).toHaveLength(2)
})

test('thresholds, and what they do, are read on validation samples where test values are closed', async () => {
  const { client, ids } = await sweptBench()
  const at = { runs: [ids[0]!], thresholds: 0.5 }
  const ask = (question: object) => askReading(client, { reading: 'what-if', question: { ...at, ...question } })
  const [closed, validation, test] = [await ask({ among: ids }), await ask({ split: 'validation' }), await ask({})]
  expect(closed).toEqual(validation)
  expect(test).not.toEqual({ ...closed, readOn: undefined })
  const caption = async (question: Record<string, unknown>) =>
    (await client.exports.readTable({ table: { reading: 'thresholds', question } })).caption
  expect(await caption({ runs: ids })).toContain('on validation samples in %')
  expect(await caption({ runs: [ids[0]!] })).toContain('on test samples in %')
})
