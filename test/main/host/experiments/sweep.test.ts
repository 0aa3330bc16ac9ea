import { expect, test } from 'vitest'
import { askReading } from '../../../../src/readings/ask.ts'
import { bench, experiment, untilStatus, enrolled } from '../support.ts'
import { compare } from '../../../support/ask.ts'

const sweep = { 'network.head': ['pooled', 'conv'] }

test('a sweep is a series for each regime and value, compared and named by what they differ in', async () => {
  const { open, journal } = bench()
  const { client, idle } = await open()
  const plan = await client.experiments.plan({ ...experiment({ sweep, seeds: [1, 2] }), calibrate: false })
  const runs = await enrolled(client, experiment({ sweep, seeds: [1, 2] }))
  await idle()
  for (const { id } of runs) await untilStatus(client, id, 'done')
  const names = ['disjoint', 'mixed', 'joint'].map((regime) => `${regime} · head pooled`)
  const series = [...names, ...names.map((name) => name.replace('pooled', 'conv'))]
  expect(plan.series.map(({ name }) => name)).toEqual(series)
  expect(plan.series[0]!.backboneMacs).toBe(plan.series[3]!.backboneMacs)
  expect(plan.series[3]!.exits[0]!.macs).not.toBe(plan.series[0]!.exits[0]!.macs)
  expect(runs.map((run) => run.series)).toEqual([...series, ...series])
  expect(runs[3]).toMatchObject({ name: 'toy-disjoint-head-conv-s1', settings: { 'network.head': 'conv' } })
  // The bare backbone does not depend on the head: one training a seed for disjoint and mixed with either.
  expect(journal().filter((line) => line === 'train backbone')).toHaveLength(2)
  expect(plan).toMatchObject({ runs: 12, phases: 14, phasesUnshared: 20 })

  const { rows } = await compare(client, { runs: ['toy'] })
  expect(rows.map((row) => [row.series, row.look, row.seeds])).toEqual([
    ['disjoint · head pooled', 0, [1, 2]],
    ['disjoint · head conv', null, [1, 2]],
    ['joint · head pooled', 1, [1, 2]],
    ['joint · head conv', null, [1, 2]],
    ['mixed · head pooled', 2, [1, 2]],
    ['mixed · head conv', null, [1, 2]],
  ])
  // A series keeps name and look where others are hidden, and is the same among training curves.
  const [pooled] = rows
  const alone = await compare(client, { runs: pooled!.runs, among: ['toy'] })
  expect(alone.rows.map(({ series, look }) => [series, look])).toEqual([['disjoint · head pooled', 0]])
  expect((await compare(client, { runs: pooled!.runs })).rows[0]).toMatchObject({ series: 'disjoint', look: null })
  const named = await client.evaluations.series({ runs: ['toy'] })
  expect(named.find(({ id }) => id === pooled!.runs[0])).toMatchObject({ series: 'disjoint · head pooled', look: 0 })
  const question = { runs: ['toy'], budgets: [null] }
  const { atBudgets } = await askReading(client, { reading: 'differences', question })
  expect(atBudgets[0]!.pairs).toHaveLength(15)
  expect(atBudgets[0]!.pairs.every(({ pairCount }) => pairCount === 2)).toBe(true)
  const { bytes } = await client.exports.table({
    table: { reading: 'budgets', question: { runs: ['toy'] } },
    format: 'csv',
  })
  const [head, ...lines] = (await bytes.text()).split('\n')
  expect(head).toContain('experiment,regime,series,')
  expect(lines[0]).toContain('toy,disjoint,disjoint · head pooled,')
})

test('settings of an experiment are those of each series: swept ones, and what follows from these', async () => {
  const { open } = bench()
  const { client } = await open({ train: false })
  const { id } = await client.experiments.create(
    experiment({ sweep: { 'network.head': ['pooled', 'gpf'], 'training.batchSize': [8, 16] }, regimes: ['joint'] }),
  )
  const { [id]: settings } = await client.experiments.settings({ experiments: [id] })
  expect(settings!.common).toMatchObject({ 'training.epochs': 2, 'data.source': 'mnist' })
  const ofSeries = (path: string) => Object.values(settings!.series).map((each) => each[path] ?? null)
  expect(Object.keys(settings!.series)).toHaveLength(4)
  expect(ofSeries('network.head')).toEqual(['pooled', 'pooled', 'gpf', 'gpf'])
  expect(ofSeries('training.batchSize')).toEqual([8, 16, 8, 16])
  expect(ofSeries('network.gpfDim')).toEqual([null, null, 512, 512])
  expect(settings!.common).not.toHaveProperty(['training.batchSize'])
})

test('a run of a series is shown and exported with its own settings and network', async () => {
  const { open } = bench()
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ sweep, regimes: ['joint'] }))
  await idle()
  const [pooled, conv] = await Promise.all(runs.map(({ id }) => client.runs.show({ run: id })))
  expect([pooled!.network.head, conv!.network.head]).toEqual(['pooled', 'conv'])
  expect([pooled!.file.network.head, conv!.file.network.head]).toEqual(['pooled', 'conv'])
  expect(conv!.file).not.toHaveProperty('sweep')
  const { settings } = await askReading(client, { reading: 'settings', question: { runs: ['toy'] } })
  expect(settings).toEqual([{ path: 'network.head', values: ['pooled', 'conv'] }])
})

test('series of one choice of the swept settings are named after their regimes, as in an experiment that sweeps nothing', async () => {
  const { open } = bench()
  const { client, idle } = await open()
  const runs = await enrolled(client, experiment({ sweep, regimes: ['joint', 'mixed'] }))
  await idle()
  const conv = runs.filter(({ settings }) => settings['network.head'] === 'conv').map(({ id }) => id)
  const { rows } = await compare(client, { runs: conv })
  expect(rows.map(({ series, look }) => [series, look])).toEqual([
    ['joint', null],
    ['mixed', null],
  ])
})

test('an experiment with a sweep is found again, and is another one than without', async () => {
  const { open } = bench()
  const { client } = await open({ train: false })
  const first = await client.experiments.create(experiment({ sweep, regimes: ['joint'] }))
  const again = await client.experiments.create(experiment({ sweep, regimes: ['joint'] }))
  const plain = await client.experiments.create(experiment({ regimes: ['joint'] }))
  expect([again.id, again.created, again.runs.length]).toEqual([first.id, false, 2])
  expect(plain.id).not.toBe(first.id)
  // What the phases are trained on is the same.
  const [own, other] = await client.runs.list({ runs: [plain.runs[0]!.id, first.runs[0]!.id] })
  expect(own!.phases[0]!.id).toBe(other!.phases[0]!.id)
})
