import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { bench, experiment, type Bench } from '../support.ts'

const seeds = (count: number, first = 1) => Array.from({ length: count }, (_, index) => first + index)
const joint = (count: number, first?: number) => experiment({ regimes: ['joint'], seeds: seeds(count, first) })

/** A host that does not train and knows the images already. */
async function waiting(place: Bench = bench()) {
  const host = await place.open({ train: false })
  await host.client.experiments.plan({ ...joint(1), calibrate: false })
  return { ...place, ...host }
}

/** What a client is answered, turn by turn of the event loop, while something is worked on. */
async function meanwhile<Answer>(work: Promise<unknown>, ask: () => Promise<Answer>): Promise<Answer[]> {
  let over = false
  const settle = () => void (over = true)
  work.then(settle, settle)
  const answers: Answer[] = []
  while (!over) {
    await setImmediate()
    answers.push(await ask())
  }
  return answers
}

const countRuns = async (client: HostClient) => (await client.runs.list({})).length

test('other requests are answered while an experiment of 100,000 seeds is planned', async () => {
  const { client } = await waiting()
  const plan = client.experiments.plan({ ...joint(100_000), calibrate: false })
  const answers = await meanwhile(plan, () => client.experiments.list())
  // Pieces of 100 runs.
  expect(answers.length).toBeGreaterThanOrEqual(1000)
  const { matrix, ...counts } = await plan
  expect(counts).toMatchObject({ runs: 100_000, phases: 100_000, phasesUnshared: 100_000, phasesDone: 0 })
  expect([matrix.seeds.length, matrix.rows[0]!.statuses.length]).toEqual([100_000, 100_000])
})

test('an experiment of many seeds is queued as a whole, while other requests are answered', async () => {
  const { client } = await waiting()
  const created = client.experiments.create(joint(2000))
  const counts = await meanwhile(created, () => countRuns(client))
  expect(counts.filter((count) => count === 0).length).toBeGreaterThanOrEqual(20)
  expect(new Set([...counts, 2000])).toEqual(new Set([0, 2000]))
  const { runs } = await created
  const listed = await client.runs.list({})
  expect(listed.map(({ seed }) => seed)).toEqual(seeds(2000))
  expect(runs.map(({ id }) => id)).toEqual(listed.map(({ id }) => id))
})

test('two experiments of many seeds that are queued at once come one after the other', async () => {
  const { client } = await waiting()
  await Promise.all([client.experiments.create(joint(500)), client.experiments.create(joint(500, 1001))])
  const listed = (await client.runs.list({})).map(({ seed }) => seed)
  expect([listed.slice(0, 500), listed.slice(500)].sort((a, b) => a[0]! - b[0]!)).toEqual([
    seeds(500),
    seeds(500, 1001),
  ])
})

test('the rest of an experiment that a killed host left is queued by the same experiment, once', async () => {
  const first = await waiting()
  const created = first.client.experiments.create(joint(2000)).catch((error: unknown) => error)
  while ((await first.client.runs.list({ deleted: true })).length === 0) await setImmediate()
  await first.close()
  expect(await created).toBeInstanceOf(Error)
  const { client } = await waiting(first)
  const left = (await client.runs.list({ deleted: true })).length
  expect([await countRuns(client), left > 0 && left < 2000]).toEqual([0, true])
  await client.experiments.create(joint(2000))
  expect((await client.runs.list({})).map(({ seed }) => seed)).toEqual(seeds(2000))
})

test('deleted runs may be purged while others are queued', async () => {
  const { client } = await waiting()
  const { runs } = await client.experiments.create(joint(1))
  await client.runs.delete({ runs: [runs[0]!.id] })
  const created = client.experiments.create(joint(500, 10))
  await setImmediate()
  await client.runs.purge({ runs: [runs[0]!.id] })
  await created
  expect(await countRuns(client)).toBe(500)
})
