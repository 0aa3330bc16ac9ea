import { expect, onTestFinished, test } from 'vitest'
import { askReading } from '../../../../../src/readings/ask.ts'
import { latencyMachine } from '../../../../../src/main/host/comparison/evaluation/latency-machine.ts'
import { latencyKey } from '../../../../../src/main/host/runs/latency-key.ts'
import { openStore, type Store } from '../../../../../src/main/store/open.ts'
import type { RunRow } from '../../../../../src/main/store/runs.ts'
import { smallResnet } from '../../../../support/networks.ts'
import { bench, experiment, refusal, temporaryFolder, untilStatus } from '../../support.ts'
import { trainedBench } from '../../analyses/support.ts'
import { compare, curvesOf } from '../../../../support/ask.ts'

test('latency is measured once for each network, and all runs of the network show it', async () => {
  const { client } = await trainedBench()
  const runs = await client.runs.list({ runs: ['toy'] })
  const [measured, ...others] = await client.runs.measureLatency({ runs: ['toy'], batchSize: 8 })
  expect(others).toEqual([])
  expect(measured!.runs.toSorted()).toEqual(runs.map(({ id }) => id).toSorted())
  expect(measured!.latency).toMatchObject({ machine: 'Fake, 2 threads', batches: [{ batchSize: 1 }, { batchSize: 8 }] })
  for (const { id } of runs) expect((await client.runs.show({ run: id })).latency).toEqual(measured!.latency)
})

test('it is not measured of a run that is not done', async () => {
  const { client } = await bench().open({ train: false })
  await client.experiments.create(experiment({ regimes: ['joint'] }))
  const { code, message } = await refusal(client.runs.measureLatency({ runs: ['toy-joint-s1'] }))
  expect([code, message]).toEqual(['conflict', expect.stringContaining('latency is measured of finished runs')])
})

test('it is not measured while a run is trained, which can be paused', async () => {
  const { client, script } = await trainedBench()
  script({ stepMilliseconds: 60_000 })
  const { runs } = await client.experiments.create(experiment({ name: 'other', regimes: ['joint'], seeds: [7] }))
  await untilStatus(client, runs[0]!.id, 'running')
  const { code, message, command } = await refusal(client.runs.measureLatency({ runs: ['toy-joint-s1'] }))
  expect([code, message, command]).toEqual([
    'conflict',
    expect.stringContaining('other-joint-s7 is being trained'),
    ['pause', runs[0]!.id],
  ])
})

test('comparisons are read with milliseconds in place of multiply-adds, at the same thresholds', async () => {
  const { client } = await trainedBench()
  await client.runs.measureLatency({ runs: ['toy'] })
  const query = { runs: ['toy'], budgets: [0.6, null] }
  const [inMacs, inTime] = [
    await curvesOf(client, query),
    await curvesOf(client, { ...query, cost: 'latency', axis: 'multiply-adds' }),
  ]
  const [macs, time] = [inMacs.series[0]!, inTime.series[0]!]
  const exitCount = time.exits.length
  expect(inTime.latency).toBe('Fake, 2 threads')
  expect(inMacs).not.toHaveProperty('latency')
  expect(time.exits.map(({ cost }) => cost)).toEqual(time.exits.map((_, exit) => 2 * (exit + 1)))
  expect(time.curve.map(({ mean }) => mean)).toEqual(macs.curve.map(({ mean }) => mean))
  expect(time.curve.at(-1)!.cost).toBeCloseTo(2 * exitCount, 9)
  expect(time.backboneCost).toBe(2 * exitCount - 0.5)

  const { rows, latency } = await compare(client, { ...query, cost: 'latency' })
  expect(latency).toBe('Fake, 2 threads')
  const [within, unlimited] = rows[0]!.cells
  expect(within === null || within!.cost! <= 1.2 * (0.6 * (2 * exitCount - 0.5))).toBe(true)
  expect(unlimited!.cost).toBeCloseTo(2 * exitCount, 9)

  const answer = await askReading(client, {
    reading: 'what-if',
    question: { runs: ['toy'], thresholds: 1, cost: 'latency' },
  })
  expect(answer.cost.mean).toBeCloseTo(2 * exitCount, 9)
  expect(answer.exits.map(({ fraction }) => fraction)).toEqual(
    answer.exits.map((_, exit) => (2 * (exit + 1)) / (2 * exitCount - 0.5)),
  )
  expect(
    (await askReading(client, { reading: 'exits', question: { runs: ['toy'], cost: 'latency' } }))[0],
  ).toMatchObject({
    latency,
    exits: [{ cost: 2 }, { cost: 4 }],
  })
})

test('the latency of each exit stands beside its multiply-adds as it was measured last', async () => {
  const { client, runs } = await trainedBench()
  const ask = () => askReading(client, { reading: 'latency', question: { runs: ['toy'] } })
  const { code, command } = await refusal(ask())
  expect([code, command]).toEqual(['conflict', ['latency', runs[0]!.id]])
  for (const batchSize of [8, 16]) {
    await client.runs.measureLatency({ runs: ['toy'], batchSize })
    const { machine, series } = await ask()
    expect(machine).toBe('Fake, 2 threads')
    const { costs } = await client.runs.show({ run: runs[0]!.id })
    expect(series[0]!.exits.map(({ macs }) => macs)).toEqual(costs.exits.map(({ macs }) => macs))
    expect(series[0]!.exits[0]!.times).toEqual([
      { batchSize: 1, median: 2, p95: 3, share: 2 / 3.5 },
      { batchSize, median: 2 * batchSize, p95: 3 * batchSize, share: (2 * batchSize) / (4 * batchSize - 0.5) },
    ])
  }
})

test('tables and figures name the machine and their unit', async () => {
  const { client } = await trainedBench()
  await client.runs.measureLatency({ runs: ['toy'] })
  const query = { runs: ['toy'], cost: 'latency' as const }
  const latex = await client.exports.table({ table: { reading: 'budgets', question: query }, format: 'latex' })
  expect(await latex.bytes.text()).toContain('latency (Fake, 2 threads)')
  const csv = await client.exports.table({ table: { reading: 'budgets', question: query }, format: 'csv' })
  expect((await csv.bytes.text()).split('\n')[0]).toMatch(/milliseconds,fraction/)
  const figure = { reading: 'curve', question: { ...query, axis: 'multiply-adds' } }
  const svg = await (await client.exports.figure({ figure, format: 'svg' })).bytes.text()
  expect(svg).toContain('Inference cost (ms)')
  expect(svg).not.toContain('multiply-adds')
})

test('a comparison is refused where a network was not measured, with the command that measures', async () => {
  const { client, runs } = await trainedBench()
  const { code, message, command } = await refusal(compare(client, { runs: ['toy'], cost: 'latency' }))
  expect([code, message]).toEqual(['conflict', expect.stringContaining('has not been measured')])
  // All have the same network.
  expect(command).toEqual(['latency', runs[0]!.id])
})

test('a refusal counts the runs without a measurement, and names the first few', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  const networks = [[0], [1]].map((exits) => ({ ...smallResnet(), exits }))
  const series = { get: (id: number) => ({ network: networks[id % 2] }) }
  const runs = Array.from({ length: 8 }, (_, index) => ({ id: `r${index}`, name: `run ${index}`, seriesId: index }))
  expect(() => latencyMachine({ ...store, series } as unknown as Store, runs as RunRow[])).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(
        'The latency of 8 of 8 runs (run 0, run 1, run 2 and 5 more) has not been measured, so they cannot be read',
      ),
      fields: { command: ['latency', 'r0', 'r1'] },
    }),
  )
})

test('a comparison is refused where networks were measured on different machines', async () => {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => store.close())
  const networkOf = (exits: number[]) => ({ ...smallResnet(), exits })
  const series = new Map([networkOf([0]), networkOf([1])].map((network, id) => [id, { network }]))
  const runs = [0, 1].map((seriesId) => ({ id: `r${seriesId}`, name: `run ${seriesId}`, seriesId }) as RunRow)
  const batches = [{ batchSize: 1, rounds: 30, backbone: { median: 1, p95: 1 }, exits: [] }]
  const measure = (seriesId: number, machine: string, measuredAt: number) =>
    store.latencies.put(latencyKey(series.get(seriesId)!.network), { machine, measuredAt, batches })
  const asked = { ...store, series: { get: (id: number) => series.get(id) } } as unknown as Store
  measure(0, 'A, 1 thread', 1)
  measure(1, 'B, 1 thread', 2)
  expect(() => latencyMachine(asked, runs)).toThrow('run 0 on A, 1 thread; run 1 on B, 1 thread')
  measure(1, 'A, 1 thread', 3)
  expect(latencyMachine(asked, runs)).toBe('A, 1 thread')
  measure(0, 'B, 1 thread', 4)
  expect(latencyMachine(asked, runs)).toBe('B, 1 thread')
})
