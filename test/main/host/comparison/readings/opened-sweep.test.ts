import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { aboutOf } from '../../../../../src/readings/about.ts'
import { readings } from '../../../../../src/readings/index.ts'
import { captionOf } from '../../../../../src/shared/tables/table.ts'
import { bench, experiment, until } from '../../support.ts'

/** Do not say yet that a sweep's test values were opened. One that says it is to be removed; none may be added. */
const knownSilent = ['confusion', 'largest-errors', 'optimism', 'predicted-values', 'sample-path', 'samples', 'what-if']

const needed = { thresholds: 0.5, sample: 0, group: 'exit-final' }

/** A sweep whose test values were opened. */
async function opened(task: 'regression' | null): Promise<HostClient> {
  const { client } = await bench({ task }).open()
  const sweep = { 'training.learningRate': [0.001, 0.01], 'training.batchSize': [10, 30] }
  await client.experiments.create(experiment({ seeds: [1, 2], regimes: ['disjoint', 'joint'], sweep }))
  await until(async () => (await client.runs.list({})).every(({ status }) => status === 'done'))
  await client.evaluations.openTest({ runs: ['toy'] })
  return client
}

/** What a reading makes of one of these questions; null where it refuses all. */
async function firstOf<Made>(questions: readonly object[], make: (question: object) => Promise<Made>) {
  for (const question of questions) {
    const made = await make(question).catch((error: { data?: { code: string } }) => {
      expect(['conflict', 'usage']).toContain(error.data?.code)
      return null
    })
    if (made !== null) return made
  }
  return null
}

/** Parts of a reading that show test values of the sweep and do not say that they were opened; null where nothing of it has any. */
async function silentParts(client: HostClient, name: string): Promise<string[] | null> {
  const reading = readings.get(name)
  const own = Object.fromEntries(Object.entries(needed).filter(([key]) => key in reading.question.shape))
  const [first] = await client.runs.list({ runs: ['toy'] })
  const series = (await client.runs.list({ runs: ['toy'] })).filter((run) => run.series === first!.series)
  const all = [['toy'], series.map(({ id }) => id), [first!.id]].map((runs) => ({ runs, budgets: [null], ...own }))
  const answer = await firstOf(all, (question) => client.readings.ask({ reading: name, question: { ...question } }))
  if (answer === null || !['test', 'both'].includes(aboutOf(answer).readSamples?.readOn ?? '')) return null
  const table = await firstOf(reading.hasTable ? all : [], (question) =>
    client.exports.readTable({ table: { reading: name, question: { ...question } } }),
  )
  const figure = await firstOf(reading.hasFigure ? all : [], async (question) => {
    const query = { reading: name, question: { ...question } }
    return (await client.exports.figure({ figure: query, format: 'svg' })).bytes.text()
  })
  return [
    ...(JSON.stringify(reading.json(answer)).includes('"testOpenedAt":') ? [] : ['JSON']),
    ...(table === null || captionOf(table).includes('were opened on') ? [] : ['table']),
    ...(figure === null || figure.includes('were opened on') ? [] : ['figure']),
  ]
}

test('every reading of a sweep whose test values were opened says so, in table, figure and JSON', async () => {
  const clients = [await opened(null), await opened('regression')]
  const silent = new Map<string, string[]>()
  const asked = new Set<string>()
  for (const client of clients) {
    for (const name of readings.names()) {
      const parts = await silentParts(client, name)
      if (parts === null) continue
      asked.add(name)
      if (parts.length > 0) silent.set(name, [...new Set([...(silent.get(name) ?? []), ...parts])])
    }
  }
  expect([...asked]).toEqual(
    expect.arrayContaining([...knownSilent, 'best', 'budgets', 'curve', 'differences', 'exits']),
  )
  const others = [...silent].filter(([name]) => !knownSilent.includes(name))
  expect(Object.fromEntries(others)).toEqual({})
  expect(
    knownSilent.filter((name) => !silent.has(name)),
    'say it now: remove them from the list',
  ).toEqual([])
})
