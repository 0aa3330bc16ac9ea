import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askReading } from '../../../src/readings/ask.ts'
import { listedRun } from '../../../src/main/cli/commands/list.ts'
import { bench, experiment, temporaryFolder } from './support.ts'
import { compare, curvesOf } from '../../support/ask.ts'

/** Two seeds of joint and mixed that predict values, trained to their end. */
async function trained() {
  const { open } = bench({ task: 'regression' })
  const { client, idle } = await open()
  await client.experiments.create(experiment({ regimes: ['joint', 'mixed'], seeds: [1, 2] }))
  await idle()
  return client
}

test('a regression is listed, compared, drawn and exported by its metrics', async () => {
  const client = await trained()
  const [run] = await client.runs.list()
  expect(run).toMatchObject({ status: 'done', task: 'regression', latest: { exits: [{ exit: 0 }, { exit: 'final' }] } })
  expect(listedRun(run!)).toMatchObject({ task: 'regression', mse: run!.scores })
  const { network, evaluation } = await client.runs.show({ run: run!.id })
  expect(network).toMatchObject({ task: 'regression', classes: 1 })
  const { mse, pearson, spearman } = evaluation!.metrics.test
  expect(mse).toEqual(run!.scores!.test)
  expect(pearson!.at(-1)).toBeGreaterThan(pearson![0]!)
  expect(spearman).toHaveLength(2)

  const { task, rule, rows } = await compare(client, {})
  expect([task, rule, rows.map(({ regime }) => regime)]).toEqual(['regression', 'static', ['joint', 'mixed']])
  const unlimited = rows[0]!.cells.at(-1)!.mean
  expect(rows[0]!.seedCells[0]!.at(-1)!.mean).toBe(run!.scores!.test!.at(-1))
  const [table] = await askReading(client, { reading: 'exits' })
  expect(table!.exits.at(-1)).toMatchObject({ value: { mean: unlimited }, overthinking: null })
  const curves = await curvesOf(client, { rule: 'difference' })
  expect(curves.series[0]!.curve).toHaveLength(100)
  const answer = await askReading(client, { reading: 'what-if', question: { runs: [run!.id], thresholds: 1 } })
  expect(answer).toMatchObject({ task: 'regression', lost: null, value: { mean: run!.scores!.test!.at(-1) } })
  expect((await client.evaluations.rules({ exits: 2, task: 'regression' })).map(({ name }) => name)).toEqual([
    'static',
    'difference',
  ])
})

test('the samples of a regression are read by their errors, and its predictions drawn', async () => {
  const client = await trained()
  const run = 'toy-joint-s1'
  const { evaluation } = await client.runs.show({ run })
  const found = await askReading(client, { reading: 'predicted-values', question: { runs: [run] } })
  expect(found.exits.map(({ mse }) => mse)).toEqual(
    evaluation!.metrics.test['mse']!.map((each) => expect.closeTo(each!, 6)),
  )
  const errors = found.predictions.map((prediction, sample) => Math.abs(prediction - found.values[sample]!))
  // All leave at the final exit.
  const largest = (question: object) =>
    askReading(client, { reading: 'largest-errors', question: { runs: [run], thresholds: 1, ...question } })
  const { samples, leaving, sampleCount } = await largest({ limit: 1000 })
  expect([sampleCount, leaving]).toEqual([errors.length, [0, errors.length]])
  expect(samples.map(({ error }) => Math.abs(error))).toEqual(errors.toSorted((a, b) => b - a))
  const early = await largest({ exit: 0, limit: 1 })
  const { predictions, value, error, leaves } = early.samples[0]!
  expect([error, leaves]).toEqual([predictions[0]! - value, 1])
  await expect(largest({ thresholds: [0, 1, 1] })).rejects.toThrow(/expected one threshold, or 1/)
  await expect(askReading(client, { reading: 'predicted-values', question: { runs: [run], exit: 7 } })).rejects.toThrow(
    'There is no exit 7',
  )
  const { name, bytes } = await client.exports.figure({
    figure: { reading: 'predicted-values', question: { runs: [run] } },
    format: 'svg',
  })
  expect(name).toBe('toy-joint-s1-predicted-values.svg')
  expect(await bytes.text()).toContain('joint, toy · seed 1 · final · ')
})

test('tables and files of a regression name its metric, and the lowest error is bold', async () => {
  const client = await trained()
  const budgets = await client.exports.readTable({ table: { reading: 'budgets', question: { budgets: [null] } } })
  expect(budgets.caption).toMatch(/^Test MSE of joint and mixed in toy within/)
  const printed = budgets.blocks[0]!.rows.map(({ cells }) => cells[0]!.printed)
  const lowest = Math.min(...printed.map(({ text }) => Number(text)))
  expect(printed.map(({ text, bold }) => bold === (Number(text) === lowest))).toEqual([true, true])
  const named = async (table: Parameters<typeof client.exports.readTable>[0]['table']) => {
    const { caption, columns } = await client.exports.readTable({ table })
    return [caption, ...columns.map(({ name }) => name)].join(' ')
  }
  expect(await named({ reading: 'exits' })).toMatch(
    /: MSE where all samples leave there, .* mean ± standard .* exit 0 final$/,
  )
  expect(await named({ reading: 'runs', question: { runs: ['toy'] } })).toMatch(
    /and MSE of the final exit .*epochs validation MSE test MSE$/,
  )
  expect(await named({ reading: 'epochs', question: { runs: ['toy-joint-s1'] } })).toMatch(
    /: MSE of each exit .*validation Pearson correlation, exit 0/,
  )
  expect(await named({ reading: 'differences' })).toMatch(/^Differences of test MSE of/)
  expect(await named({ reading: 'optimism' })).toMatch(
    /: test MSE gained by choosing the thresholds of the static rule/,
  )
  const folder = join(temporaryFolder(), 'run')
  await client.exports.run({ run: 'toy-joint-s1', folder })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  expect(read('predictions.csv').split('\n').slice(0, 2)).toEqual([
    'split,sample,index,value,exit,prediction',
    expect.stringMatching(/^validation,0,0,0,0,-?[\d.]+$/),
  ])
  expect(JSON.parse(read('run.json'))).toMatchObject({ task: 'regression', metrics: { test: { mse: [{}, {}] } } })
  expect(read('README.md')).toContain('evaluation["test.targets"]')
})

test('thresholds of a regression guarantee how far predictions are from those of the final exit', async () => {
  const client = await trained()
  const run = 'toy-joint-s1'
  const bound = 0.5
  const question = { runs: [run], rule: 'difference', tolerated: [0.2, 0.6], delta: 0.3, bound, drops: [0, 100] }
  const answer = await askReading(client, { reading: 'thresholds', question })
  expect(answer).toMatchObject({ task: 'regression', risk: 'difference', bound, rule: 'difference' })
  for (const { seeds } of answer.series[0]!.choices) {
    const [{ threshold, testRisk, testInterval, value }] = seeds as [(typeof seeds)[number]]
    const asked = { runs: [run], rule: 'difference', thresholds: threshold ?? 1, limit: 1000 }
    const left = await askReading(client, { reading: 'largest-errors', question: asked })
    const losses = left.samples.map(({ predictions, leaves }) => Math.min((predictions[leaves]! - predictions.at(-1)!) ** 2, bound) / bound) // prettier-ignore
    const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
    expect(testRisk).toBeCloseTo(mean(losses), 6)
    expect(testInterval[0]).toBeLessThanOrEqual(testRisk)
    expect(testInterval[1]).toBeGreaterThanOrEqual(testRisk)
    expect(value).toBeCloseTo(mean(left.samples.map(({ error }) => error ** 2)), 6)
  }
  const table = await client.exports.readTable({ table: { reading: 'thresholds', question } })
  expect(table.columns.map(({ title }) => title)).toEqual([
    'MSE 0 above final',
    'MSE 100 above final',
    'difference ≤ 20\u202f%',
    'difference ≤ 60\u202f%',
  ])
  expect(table.caption).toContain(
    'none counted as more than 0.5, divided by 0.5, is at most ε with probability 70\u00a0%',
  )
  await expect(askReading(client, { reading: 'thresholds', question: { ...question, risk: 'harm' } })).rejects.toThrow(
    'The risk harm is none of a regression: expected difference.',
  )
})

test('what a regression does not have is refused, with the reason', async () => {
  const client = await trained()
  const runs = ['toy-joint-s1']
  await expect(compare(client, { rule: 'confidence' })).rejects.toThrow(
    'Regression cannot be read by the exit rule confidence: expected static or difference.',
  )
  await expect(askReading(client, { reading: 'calibration', question: { runs } })).rejects.toThrow(
    /a regression has neither classes nor/,
  )
  await expect(askReading(client, { reading: 'confusion', question: { runs } })).rejects.toThrow(
    /a regression has neither classes nor/,
  )
  await expect(
    client.analyses.ask({ kind: 'mode-connectivity', runs: ['toy-joint-s1', 'toy-mixed-s1'] }),
  ).rejects.toThrow(/Mode connectivity is of classification: .*toy-joint-s1 is a regression/)
  await expect(client.runs.curves({ runs, metric: 'accuracy' })).rejects.toThrow(
    /Regression has no metric accuracy: expected mse or pearson or spearman/,
  )
  const mixing = { ...experiment().file.data, mixing: {} as never }
  await expect(
    client.experiments.plan({ ...experiment(), file: { ...experiment().file, data: mixing } }),
  ).rejects.toThrow(/data.mixing: Mixup and CutMix mix classes/)
})

test('runs of two tasks are not compared', async () => {
  const { open, script } = bench()
  const { client, idle } = await open()
  await client.experiments.create(experiment({ name: 'classes', regimes: ['joint'] }))
  await idle()
  script({ task: 'regression', imagesVersion: 'second' })
  await client.experiments.create(experiment({ name: 'values', regimes: ['joint'] }))
  await idle()
  await expect(compare(client, {})).rejects.toThrow(
    /Runs of different tasks .*classes-joint-s1 is a classification, values-joint-s1 is a regression/,
  )
  expect((await compare(client, { runs: ['values'] })).task).toBe('regression')
})
