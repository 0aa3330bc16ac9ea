import { describe, expect, it, test } from 'vitest'
import { askReading } from '../../../../src/readings/ask.ts'
import type { PaperRegime } from '../../../../src/shared/phases/phase.ts'
import { trainedBench } from '../analyses/support.ts'
import { csv, expected, fixture } from './readers/support.ts'
import { exitlab } from '../../cli/support.ts'
import { bench, refusal } from '../support.ts'
import { compare, curvesOf } from '../../../support/ask.ts'

const run = (name: string) => fixture(`public-code/runs/${name}`)
const open = async () => (await bench().open({ train: false })).client
const mixed = { paths: [run('tinyset_sdn_MIXED001_1'), run('tinyset_sdn_MIXED001_2')], name: 'sdn' }
const { backbone } = expected.publicCode

describe('results of the public code', () => {
  it('have the values at budgets that Python reads from the same logits, averaged over their seeds', async () => {
    const client = await open()
    const added = await client.imports.add(mixed)
    expect(added.map(({ name, seed, regime }) => [name, seed, regime])).toEqual([['sdn', 1, 'mixed'], ['sdn', 2, 'mixed']]) // prettier-ignore
    const { rows, rule } = await compare(client, { runs: ['sdn'] })
    expect(rule).toBeNull()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ experiment: 'sdn', series: 'sdn (imported)', regime: 'mixed', seeds: [1, 2] })
    expect(rows[0]!.imported).toEqual({ format: 'public-code', reading: 'curve', split: 'test', sharesOnly: false })
    const cells = expected.publicCode['mixed-budgets'].map((cell) => cell && { mean: 100 * cell[0], cost: cell[1] })
    expect(cells[0]).toBeNull()
    rows[0]!.cells.forEach((cell, b) => {
      expect(cell === null).toBe(cells[b] === null)
      if (cell) expect([cell.mean, cell.cost]).toEqual([expect.closeTo(cells[b]!.mean, 9), expect.closeTo(cells[b]!.cost, 9)]) // prettier-ignore
    })
  })

  it('have their exits and curves in tables and figures, marked', async () => {
    const client = await open()
    await client.imports.add(mixed)
    const [table] = await askReading(client, { reading: 'exits', question: { runs: ['sdn'] } })
    const [first, second] = expected.publicCode.mixed as [(typeof expected.publicCode.mixed)[0], (typeof expected.publicCode.mixed)[0]] // prettier-ignore
    expect(table!.exits.map(({ cost, fraction, value, block, overthinking }) => ({ cost, fraction, mean: value.mean, block, overthinking }))).toEqual(
      first.costs.map((cost, k) => ({ cost, fraction: cost / backbone, mean: 50 * (first.exits[k]! + second.exits[k]!), block: k === 2 ? null : undefined, overthinking: null })),
    ) // prettier-ignore
    const { series, note } = await curvesOf(client, { runs: ['sdn'] })
    expect(series[0]!.curve).toHaveLength(100)
    expect([series[0]!.name, note]).toEqual(['sdn (imported)', 'imported series: not trained or evaluated by Exitlab'])
    const text = async (format: 'csv' | 'latex') => (await client.exports.table({ table: { reading: 'budgets', question: { runs: ['sdn'] } }, format })).bytes.text() // prettier-ignore
    expect((await text('csv')).split('\n')[2]).toMatch(
      /^sdn,mixed,sdn \(imported\),public-code,paper,,1 2,2,0\.5,43\.75,/,
    )
    expect(await text('latex')).toContain(
      'Imported, not trained or evaluated by Exitlab: sdn (the paper\\textquoteright{}s public code; thresholds chosen on the test samples that their curves were measured on).',
    )
  })

  it('are shown beside runs, which look as they do without them', async () => {
    const { client } = await trainedBench()
    const before = await curvesOf(client, { runs: ['toy'] })
    const regime = before.series[0]!.regime as PaperRegime
    await client.imports.add({ ...mixed, name: regime, regime, experiment: 'toy' })
    const { series } = await curvesOf(client, { runs: ['toy'] })
    const own = series.filter(({ imported }) => !imported)
    expect(own).toEqual(before.series)
    const imported = series.find(({ imported }) => imported)!
    expect(imported).toMatchObject({ experiment: 'toy', series: `${regime} (imported)`, seedCount: 2 })
    expect(imported.look).not.toBeNull()
    const { rows, rule } = await compare(client, { runs: ['toy'] })
    expect([rule, rows.length]).toEqual(['confidence', own.length + 1])
  })
})

describe('an imported result by its name', () => {
  it('is compared in the terminal, alone and beside runs', async () => {
    const { client } = await trainedBench()
    await client.imports.add(mixed)
    for (const names of [['sdn'], ['toy', 'sdn']]) {
      const { exitCode, stdout, stderr } = await exitlab(['compare', ...names], { client })
      expect([exitCode, stderr]).toEqual([0, ''])
      expect(stdout).toContain('sdn (imported)')
    }
  })

  it('has no caveats of processors, and none where only runs are named', async () => {
    const { client } = await trainedBench()
    await client.imports.add(mixed)
    const ofRuns = await client.evaluations.caveats({ runs: ['toy'] })
    expect(await client.evaluations.caveats({ runs: ['toy', 'sdn'] })).toEqual(ofRuns)
    expect(await client.evaluations.caveats({ runs: ['sdn'] })).toEqual([])
  })
})

test('training curves that were logged are drawn beside those of runs', async () => {
  const { client } = await trainedBench()
  const [added] = await client.imports.add({
    paths: [fixture('tensorboard/tags')],
    costs: [0.2, 0.45, 1.003],
    name: 'tb',
  })
  const svg = async (runs: string[], over: object = {}) =>
    (
      await client.exports.figure({
        figure: { reading: 'training-curves', question: { runs, ...over } },
        format: 'svg',
      })
    ).bytes.text()
  // Validation accuracy of the runs, test accuracy of what was imported.
  expect(await svg(['toy', 'tb'])).toContain('>Accuracy (%)<')
  expect(await svg(['toy'])).toContain('>Validation accuracy (%)<')
  expect(await svg(['toy', 'tb'])).toMatch(/tb \(imported\), seed 0 58\.0[\s\S]*>tb \(imported\), seed 0</)
  expect(await svg([added!.id], { exit: 0 })).toContain('tb (imported), seed 0 38.0')
  expect((await refusal(svg(['tb'], { x: 'step' }))).code).toBe('conflict')
})

describe('values on validation samples', () => {
  /** Better than anything else, at every budget. */
  const validated = () => csv('exit,val_acc,cost', '0,0.99,0.001', '1,0.995,1')

  it('stand under a heading of their own, and take no mark from values on test samples', async () => {
    const { client } = await trainedBench()
    const shown = { experiment: 'toy' }
    const read = () =>
      client.exports.readTable({ table: { reading: 'budgets', question: { runs: ['toy'], budgets: [0.75, 1, null] } } })
    await client.imports.add({ paths: [csv('exit,test_acc,cost', '0,0.5,0.5', '1,0.6,1')], name: 'tested', ...shown })
    const tested = (await read()).blocks
    const bold = tested.flatMap(({ rows }) => rows.map(({ cells }) => cells.map((cell) => cell?.printed.bold)))
    expect(bold).toEqual([[undefined, true, true], [false, false, false]]) // prettier-ignore
    await client.imports.add({ paths: [validated()], name: 'val', ...shown })
    const { caption, blocks } = await read()
    expect(blocks.map(({ title }) => title)).toEqual(['toy, test samples', 'toy, validation samples'])
    expect(blocks[0]!.rows).toEqual(tested[0]!.rows)
    expect(blocks[1]!.rows[0]!.heads[0]).toContain('val (imported, validation)')
    expect(blocks[1]!.rows[0]!.cells.map((cell) => cell?.printed.bold)).toEqual([false, false, false])
    expect(caption).toMatch(/^Accuracy \(%\)/)
  })

  it('are named on the axis of the curve, in captions, and in the terminal', async () => {
    const { client } = await trainedBench()
    await client.imports.add({ paths: [validated()], name: 'val' })
    const texts = async (runs: string[]) => {
      const svg = await client.exports.figure({ figure: { reading: 'curve', question: { runs } }, format: 'svg' })
      const latex = await client.exports.table({ table: { reading: 'budgets', question: { runs } }, format: 'latex' })
      const { caption } = await client.exports.readTable({ table: { reading: 'exits', question: { runs } } })
      const { stdout } = await exitlab(['compare', ...runs], { client })
      return [await svg.bytes.text(), await latex.bytes.text(), caption, stdout] as const
    }
    const [alone, together, own] = [await texts(['val']), await texts(['toy', 'val']), await texts(['toy'])]
    for (const text of alone) expect(text).not.toMatch(/test (samples|accuracy)/i)
    expect(alone[0]).toContain('Validation accuracy (%)')
    expect(alone[1]).toContain('Validation accuracy (\\%)')
    expect(alone[2]).toContain('on validation samples')
    for (const text of together) expect(text).not.toMatch(/test accuracy/i)
    expect(together[0]).toContain('val (imported, validation)')
    expect(together[1]).toContain('val, validation samples')
    expect(together[2]).toContain('on test and validation samples')
    expect(together[3]).toContain('val, validation samples')
    expect(own[0]).toContain('Test accuracy (%)')
    expect(own[1]).toContain('Test accuracy (\\%)')
  })
})

describe('one column over a training', () => {
  const log = () => csv('epoch,val_acc', '1,0.4', '2,0.45')

  it('is drawn among training curves, and left out of what needs costs with a note', async () => {
    const { client } = await trainedBench()
    await client.imports.add({ paths: [log()], name: 'log' })
    const note = 'Imported without costs, and so among training curves alone: log.'
    expect(await client.evaluations.caveats({ runs: ['toy', 'log'] })).toContainEqual({
      kind: 'imports-without-costs',
      sentence: note,
      imports: ['log'],
    })
    const { code, message } = await refusal(compare(client, { runs: ['log'] }))
    expect([code, message]).toEqual(['conflict', expect.stringContaining(note)])
    const { rows } = await compare(client, { runs: ['toy', 'log'] })
    expect(rows.some(({ imported }) => imported)).toBe(false)
    const figure = { reading: 'training-curves', question: { runs: ['log'] } }
    const svg = await (await client.exports.figure({ figure, format: 'svg' })).bytes.text()
    expect(svg).toContain('log (imported, validation), seed 0')
    expect(await client.imports.list()).toHaveLength(1)
  })

  it('is described in the terminal by its values alone', async () => {
    const client = await open()
    const { exitCode, stdout } = await exitlab(['import', log(), '--name', 'log'], { client, workingFolder: '/' })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Imported log, seed 0: a curve over the training, from CSV\.\n {2}accuracy 40\.0 to 45\.0 %\n/,
    )
    expect(stdout).not.toContain('Compare with')
  })
})

describe('a log with no more than accuracies', () => {
  const tensorboard = { paths: [fixture('tensorboard/tags')], costs: [0.2, 0.45, 1.003], name: 'tb' }

  it('is read at budgets as single exits, by the step rule', async () => {
    const client = await open()
    await client.imports.add(tensorboard)
    const { rows } = await compare(client, { runs: ['tb'], budgets: [0.1, 0.45, 1, null] })
    const values = [0, 1, 2].map((exit) => 100 * expected.tensorboard[`test/exit_${exit}/accuracy`]!.at(-1)!)
    const at = (exit: number, budget: number | null) => ({ budget, mean: values[exit], std: null, cost: null, fraction: tensorboard.costs[exit] }) // prettier-ignore
    expect(rows[0]!.cells).toEqual([null, at(1, 0.45), at(1, 1), at(2, null)])
    const { series } = await curvesOf(client, { runs: ['tb'] })
    expect([series[0]!.curve, series[0]!.backboneCost, series[0]!.exits.length]).toEqual([[], null, 3])
  })

  it('is not placed among multiply-adds, milliseconds and samples', async () => {
    const { client } = await trainedBench()
    await client.imports.add(tensorboard)
    const { series, note } = await curvesOf(client, { runs: ['toy', 'tb'], axis: 'multiply-adds' })
    expect(series.some(({ imported }) => imported)).toBe(false)
    expect(note).toContain('left out, as the cost of the backbone is not known: tb (imported)')
    expect((await refusal(curvesOf(client, { runs: ['tb'], axis: 'multiply-adds' }))).code).toBe('conflict')
    expect((await refusal(compare(client, { runs: ['tb'], cost: 'latency' }))).message).toContain('no latencies')
    const pairsOf = async (...runs: string[]) =>
      (await askReading(client, { reading: 'differences', question: { runs } })).atBudgets[0]!.pairs
    expect((await refusal(pairsOf('tb'))).message).toContain('single samples')
    expect(await pairsOf('toy', 'tb')).toEqual(await pairsOf('toy'))
  })

  it('may have the costs of a run with the same network', async () => {
    const { client } = await trainedBench()
    const { id, name } = (await client.runs.list({ runs: ['toy'] }))[0]!
    const [own] = await askReading(client, { reading: 'exits', question: { runs: [id] } })
    const header = own!.exits.map(({ exit }) => `acc_${exit}`).join()
    const path = csv(header, own!.exits.map(() => '0.5').join())
    const { content } = (await client.imports.add({ paths: [path], costs: name }))[0]!
    expect(content.exits.map(({ cost }) => cost)).toEqual(own!.exits.map(({ cost }) => cost))
    expect(content.exits.at(-1)!.cost / content.backboneMacs!).toBeCloseTo(own!.exits.at(-1)!.fraction, 12)
  })

  it('of another task is not compared with runs', async () => {
    const { client } = await trainedBench()
    const path = csv('mse_0,mse_1', '2.5,1.5')
    await client.imports.add({ paths: [path], costs: [0.5, 1], task: 'regression', name: 'sts' })
    const { message } = await refusal(compare(client, { runs: ['toy', 'sts'] }))
    expect(message).toContain('sts is a regression')
  })
})

describe('importing', () => {
  it('adds all of several files or none', async () => {
    const client = await open()
    const good = csv('exit,accuracy,cost', '0,0.5,0.5', '1,0.6,1')
    const bad = csv('exit,accuracy,cost', '0,0.5,0.5', '1,x,1')
    await refusal(client.imports.add({ paths: [good, bad], name: 'logs', seeds: [1, 2] }))
    expect(await client.imports.list()).toEqual([])
  })

  it('refuses a seed twice, and seeds that are not alike', async () => {
    const client = await open()
    const first = csv('exit,accuracy,cost', '0,0.5,0.5', '1,0.6,1')
    const other = csv('exit,accuracy,cost', '0,0.5,0.4', '1,0.6,1')
    await client.imports.add({ paths: [first], name: 'logs' })
    expect((await refusal(client.imports.add({ paths: [first], name: 'logs' }))).message).toContain('has been imported already') // prettier-ignore
    const { code, message } = await refusal(client.imports.add({ paths: [other], name: 'logs', seeds: [1] }))
    expect([code, message]).toEqual(['conflict', expect.stringContaining('cannot be a seed of “logs”')])
    await client.imports.add({ paths: [first], name: 'logs', seeds: [1] })
    expect((await client.imports.list()).map(({ seed }) => seed)).toEqual([0, 1])
  })

  it('shows what would be added, or the names to choose from and what is missing', async () => {
    const client = await open()
    const paths = [fixture('tensorboard/ambiguous')]
    const missing = await client.imports.inspect({ paths, costs: [0.5, 1] })
    expect(missing.patterns).toEqual(['fine/acc_exit_*', 'coarse/acc_exit_*'])
    expect(missing.names).toHaveLength(4)
    expect([missing.results, missing.problem]).toEqual([[], expect.stringContaining('Several sets of tags')])
    const chosen = await client.imports.inspect({ paths, costs: [0.5, 1], map: { metric: 'fine/acc_exit_*' } })
    expect([chosen.problem, chosen.results[0]!.content.exits.length]).toEqual([null, 2])
    expect(await client.imports.list()).toEqual([])
  })

  it('is reported to followers, and so is deletion', async () => {
    const client = await open()
    const events = await client.events.follow({})
    await client.imports.add(mixed)
    expect((await events.next()).value).toMatchObject({ type: 'imports' })
    await client.imports.delete({ imports: ['sdn'] })
    expect((await events.next()).value).toMatchObject({ type: 'imports' })
    expect(await client.imports.list()).toEqual([])
    await events.return?.()
  })
})

test('a name that is an experiment and an imported result means both', async () => {
  const { client } = await trainedBench()
  await client.imports.add({ ...mixed, name: 'toy' })
  const { rows } = await compare(client, { runs: ['toy'] })
  expect(rows.filter(({ imported }) => imported)).toHaveLength(1)
  expect(rows.length).toBeGreaterThan(1)
  const { code } = await refusal(compare(client, { runs: ['to'] }))
  expect(code).toBe('not-found')
})
