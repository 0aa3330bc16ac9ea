import { expect, test } from 'vitest'
import { askReading } from '../../../../../src/readings/ask.ts'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { bench, experiment, refusal, untilStatus } from '../../support.ts'
import type { WrittenPhase } from '../../../../../src/shared/phases/written-phase.ts'
import { compare, curvesOf } from '../../../../support/ask.ts'

/** A host with the toy experiment trained on two seeds. */
async function trained(changes: Parameters<typeof experiment>[0] = {}): Promise<HostClient> {
  const { client } = await bench().open()
  const { runs } = await client.experiments.create(experiment({ seeds: [1, 2], ...changes }))
  for (const { id } of runs) await untilStatus(client, id, 'done')
  return client
}

test('a comparison names the runs of each row, in the order of the seeds', async () => {
  const client = await trained()
  const runs = await client.runs.list({})
  const { rows } = await compare(client, {})
  for (const row of rows) {
    const members = runs.filter(({ regime }) => regime === row.regime).toSorted((a, b) => a.seed - b.seed)
    expect(row.runs).toEqual(members.map(({ id }) => id))
  }
})

test('a regime of a file’s own has a bare backbone where it trains that alone and then freezes it', async () => {
  const phasesOf = (...trains: WrittenPhase['trains'][]) => trains.map((each) => ({ trains: each }))
  const client = await trained({
    regimes: [
      { name: 'frozen', phases: phasesOf('backbone', ['heads']) },
      { name: 'thawed', phases: phasesOf('backbone', 'heads', 'all') },
    ],
  })
  const { backbones } = await askReading(client, { reading: 'curve' })
  const exits = await askReading(client, { reading: 'exits' })
  const frozen = exits.find(({ regime }) => regime === 'frozen')!.exits.at(-1)!
  expect(backbones).toMatchObject([{ name: 'bare backbone', cost: 1, mean: frozen.value.mean }])
})

test('exits, differences and optimism are read off the same runs', async () => {
  const client = await trained()
  const { exits } = await client.runs.show({ run: 'toy-joint-s1' }).then(({ costs }) => costs)
  const tables = await askReading(client, { reading: 'exits' })
  expect(tables.map(({ regime, seeds }) => [regime, seeds])).toEqual([
    ['disjoint', [1, 2]],
    ['joint', [1, 2]],
    ['mixed', [1, 2]],
  ])
  expect(tables[0]!.exits.map(({ exit, block, cost }) => ({ exit, block, cost }))).toEqual(
    exits.map(({ exit, block, macs: cost }) => ({ exit, block, cost })),
  )
  const comparison = await compare(client, { budgets: [null] })
  const { atBudgets } = await askReading(client, { reading: 'differences', question: { budgets: [null] } })
  const [unlimited, ...others] = atBudgets
  expect(others).toEqual([])
  expect(unlimited!.pairs.map(({ first, second }) => [first, second])).toEqual([
    ['disjoint', 'joint'],
    ['disjoint', 'mixed'],
    ['joint', 'mixed'],
  ])
  const [disjoint, joint] = comparison.rows.map(({ cells }) => cells[0]!.mean)
  expect(unlimited!.pairs[0]!.difference).toBeCloseTo(disjoint! - joint!, 9)
  const optimism = await askReading(client, { reading: 'optimism', question: { budgets: [1, null] } })
  expect(optimism.budgets).toEqual([1, null])
  expect(optimism.rows.map(({ regime, seedCount }) => [regime, seedCount])).toEqual([
    ['disjoint', 2],
    ['joint', 2],
    ['mixed', 2],
  ])
  expect(optimism.rows[0]!.gaps[1]).toEqual({ mean: 0, std: 0 })
})

test('the calibration errors of single exits are those of the calibration of each series on test samples', async () => {
  const client = await trained()
  const { series: calibrations } = await askReading(client, { reading: 'calibration', question: { split: 'test' } })
  const series = await askReading(client, { reading: 'exits', question: { quantity: 'calibration' } })
  expect(series.map(({ series, exits }) => [series, exits.map(({ calibrationError }) => calibrationError)])).toEqual(
    calibrations.map(({ series, exits }) => [
      series,
      exits.map(({ error, scaled }) => ({ asTrained: error, scaled: scaled.error })),
    ]),
  )
  const metric = await askReading(client, { reading: 'exits' })
  expect(series.map(({ exits }) => exits.map(({ calibrationError: _, ...row }) => row))).toEqual(
    metric.map(({ exits }) => exits),
  )
})

test('what-if agrees with the curves at their thresholds, on both splits', async () => {
  const client = await trained()
  const joint = (await curvesOf(client, {})).series.find(({ regime }) => regime === 'joint')!
  const runs = ['toy-joint-s1', 'toy-joint-s2']
  const answer = await askReading(client, { reading: 'what-if', question: { runs, thresholds: 1 } })
  expect(answer.value.mean).toBeCloseTo(joint.curve.at(-1)!.mean, 9)
  expect(answer.cost.mean / answer.backboneCost).toBeCloseTo(joint.curve.at(-1)!.cost, 9)
  expect(answer.runs).toHaveLength(2)
  const middle = await askReading(client, { reading: 'what-if', question: { runs, thresholds: [49 / 99] } })
  expect(middle.value.mean).toBeCloseTo(joint.curve[49]!.mean, 9)
  const validation = await askReading(client, {
    reading: 'what-if',
    question: { runs, thresholds: 1, split: 'validation' },
  })
  const { scores } = (await client.runs.list({ runs: [runs[0]!] }))[0]!
  const other = (await client.runs.list({ runs: [runs[1]!] }))[0]!.scores!
  expect(validation.value.mean).toBeCloseTo(50 * (scores!.validation.at(-1)! + other.validation.at(-1)!), 9)
})

test('what-if is refused for more than one series, and for thresholds that do not fit', async () => {
  const client = await trained({ regimes: ['joint', 'mixed'], seeds: [1] })
  expect(
    await refusal(askReading(client, { reading: 'what-if', question: { runs: ['toy'], thresholds: 0.5 } })),
  ).toEqual({
    code: 'usage',
    message: expect.stringMatching(/of one series.*toy-joint-s1.*toy-mixed-s1|toy-mixed-s1.*toy-joint-s1/),
  })
  expect(
    await refusal(
      askReading(client, { reading: 'what-if', question: { runs: ['toy-joint-s1'], thresholds: [0.5, 0.6] } }),
    ),
  ).toEqual({
    code: 'usage',
    message: expect.stringContaining('has 2 exits, including the final classifier: expected one threshold, or 1'),
  })
  expect(
    await refusal(
      askReading(client, { reading: 'what-if', question: { runs: ['toy-joint-s1'], thresholds: 1, rule: 'x' } }),
    ),
  ).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('Expected one of confidence, entropy, patience') as string,
  })
})

test('training costs are those of all phases, and a network without exits is held against those with exits', async () => {
  const client = await trained({ regimes: ['backbone', 'mixed'] })
  const { series, shared } = await askReading(client, { reading: 'training-cost', question: { budgets: [null] } })
  const [mixed, backbone] = series
  const { phases } = await client.runs.show({ run: 'toy-mixed-s1' })
  expect(mixed!.epochs.mean).toBe(phases.reduce((sum, { epochs }) => sum + epochs, 0))
  expect(mixed!.macs!.mean).toBeGreaterThan(backbone!.macs!.mean)
  expect(shared).toEqual([{ phase: 'backbone', series: ['mixed', 'backbone'] }])
  const beside = await askReading(client, { reading: 'static-networks', question: { budgets: [1] } })
  expect(beside.networks.map(({ series: name, seedCount }) => [name, seedCount])).toEqual([['backbone', 2]])
  expect(beside.series[0]!.atBudgets).toMatchObject([{ budget: 1, network: 'backbone', difference: { pairCount: 2 } }])
})

test('rules come with the thresholds of a network of that size', async () => {
  const { client } = await bench().open()
  const rules = await client.evaluations.rules({ exits: 4 })
  expect(rules.map(({ name, thresholds }) => [name, thresholds])).toEqual([
    ['confidence', { low: 0, high: 1, step: 1 / 99 }],
    ['entropy', { low: 0, high: 1, step: 1 / 99 }],
    ['patience', { low: 0, high: 3, step: 1 }],
    ['scaled-confidence', { low: 0, high: 1, step: 1 / 99 }],
    ['scaled-entropy', { low: 0, high: 1, step: 1 / 99 }],
    ['learned-gate', { low: 0, high: 1, step: 1 / 99 }],
  ])
})

test('a reference longer than any name is refused', async () => {
  const { client } = await bench().open()
  expect(await refusal(compare(client, { runs: ['y'.repeat(100_000)] }))).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('runs[0]: expected text of at most 10000 characters; got ') as string,
  })
})

test('a question that does not fit its reading is refused with what is wrong where', async () => {
  const { client } = await bench().open()
  const question = { budgets: [1, Number.NaN], protocol: 'constructor' }
  expect(await refusal(client.readings.ask({ reading: 'differences', question }))).toMatchObject({
    code: 'usage',
    message: expect.stringMatching(
      /^Differences between series: protocol: expected one of validation, paper; got .*; budgets\[1\]: expected a number; got NaN$/,
    ) as string,
    problems: [{ path: ['protocol'] }, { path: ['budgets', 1] }],
  })
})

test.each([1002, 1e9])('rules of %d exits, more than any network has, are refused at once', async (exits) => {
  const { client } = await bench().open()
  expect(await refusal(client.evaluations.rules({ exits }))).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('exits: expected a number up to 1001; got ') as string,
  })
})

test('published tables are listed without runs, and none matches a made-up network', async () => {
  const client = await trained({ regimes: ['joint'], seeds: [1] })
  const { tables, matching } = await client.evaluations.published({ runs: ['toy'] })
  expect(tables.length).toBeGreaterThan(20)
  expect(matching).toBeNull()
  expect((await client.evaluations.published({})).matching).toBeNull()
})

test('samples by leaving exit add up to what-if, and those of each class to all of them', async () => {
  const client = await trained({ regimes: ['joint'], seeds: [1] })
  const run = 'toy-joint-s1'
  const whatIf = await askReading(client, { reading: 'what-if', question: { runs: [run], thresholds: 0.5 } })
  const leaving = (label: number | null) =>
    askReading(client, { reading: 'samples', question: { runs: [run], thresholds: 0.5, group: 'exit-final', label } })
  const found = await leaving(null)
  const shares = found.counts.leaving.map((count) => (100 * count) / found.sampleCount)
  expect(shares).toEqual(whatIf.exits.map(({ leaving }) => expect.closeTo(leaving.mean, 9)))
  expect((100 * found.counts.lost) / found.sampleCount).toBeCloseTo(whatIf.lost!.mean, 9)
  expect(found.total).toBe(found.counts.leaving.at(-1))
  const { classCount } = await askReading(client, { reading: 'confusion', question: { runs: [run] } })
  const byClass = await Promise.all(Array.from({ length: classCount }, (_, label) => leaving(label)))
  expect(byClass.reduce((sum, { total }) => sum + total, 0)).toBe(found.total)
})

test('calibration and confusion agree with the accuracy of each exit, over seeds', async () => {
  const client = await trained({ regimes: ['joint'] })
  const runs = ['toy-joint-s1', 'toy-joint-s2']
  const [table] = await askReading(client, { reading: 'exits', question: { runs } })
  const { series: own } = await askReading(client, { reading: 'calibration', question: { runs, split: 'test' } })
  const { exits } = own[0]!
  const { series: all } = await askReading(client, { reading: 'calibration' })
  expect(all.map(({ series, split }) => [series, split])).toEqual([
    ['joint', 'validation'],
    ['joint', 'test'],
  ])
  expect(all[1]!.exits).toEqual(exits)
  expect(exits.map(({ accuracy }) => accuracy.mean)).toEqual(
    table!.exits.map(({ value }) => expect.closeTo(value.mean, 9)),
  )
  for (const { exit } of exits.slice(0, -1)) {
    const { counts, classCount } = await askReading(client, { reading: 'confusion', question: { runs, exit } })
    const right = counts.filter((_, at) => at % (classCount + 1) === 0).reduce((sum, count) => sum + count, 0)
    const all = counts.reduce((sum, count) => sum + count, 0)
    expect((100 * right) / all).toBeCloseTo(table!.exits[exit]!.value.mean, 9)
  }
})

test('an exit or a class that the network does not have, and two regimes at once, are refused', async () => {
  const client = await trained({ regimes: ['joint', 'mixed'], seeds: [1] })
  const message = expect.stringMatching(/^There is no exit 9: expected 0 to \d+, or "final"\.$/)
  const refused = { code: 'usage', message }
  expect(
    await refusal(askReading(client, { reading: 'confusion', question: { runs: ['toy-joint-s1'], exit: 9 } })),
  ).toEqual(refused)
  const samplesOf = (question: object) =>
    refusal(
      client.readings.ask({ reading: 'samples', question: { runs: ['toy-joint-s1'], thresholds: 0.5, ...question } }),
    )
  expect(await samplesOf({ group: 'exit-9' })).toEqual(refused)
  expect(await samplesOf({ group: 'exit-0', label: 99 })).toEqual({
    code: 'usage',
    message: expect.stringMatching(/^There is no class 99: expected 0 to \d+, or null for all classes\.$/) as string,
  })
  expect((await samplesOf({ group: 'early' })).message).toContain('expected lost, never, or')
  expect((await samplesOf({ runs: ['toy'] })).message).toContain('“toy” matches 2 runs; choose one')
  expect(
    (
      await refusal(
        client.exports.figure({ figure: { reading: 'calibration', question: { runs: ['toy'] } }, format: 'svg' }),
      )
    ).code,
  ).toBe('usage')
})
