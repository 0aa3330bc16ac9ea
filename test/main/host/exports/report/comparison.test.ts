import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import type { Report, Section } from '../../../../../src/shared/tables/report.ts'
import { untilAnalysis } from '../../analyses/support.ts'
import { bench, experiment, refusal, untilStatus } from '../../support.ts'

async function trained(changes: Parameters<typeof experiment>[0] = {}): Promise<HostClient> {
  const { client } = await bench().open()
  const { runs } = await client.experiments.create(
    experiment({ seeds: [1, 2], regimes: ['joint', 'mixed'], ...changes }),
  )
  for (const { id } of runs) await untilStatus(client, id, 'done')
  return client
}

const section = (report: Report, id: string): Section => report.sections.find((each) => each.id === id)!
const tableOf = ({ parts }: Section) => parts.flatMap((part) => (part.kind === 'table' ? [part.table] : []))[0]!
const textsOf = (of: Section) =>
  tableOf(of).blocks.flatMap(({ rows }) =>
    rows.map(({ heads, cells }) => [...heads, ...cells.map((c) => c?.printed.text)]),
  )

test('a report has the chosen parts in the order of the question, between summary and settings', async () => {
  const client = await trained()
  const { report, figures } = await client.reports.read({ runs: ['toy'], readings: ['budgets', 'curve', 'budgets'] })
  expect(report.title).toBe('Comparison of toy')
  expect(report.sections.map(({ id }) => id)).toEqual([
    ...['summary', 'budgets', 'curve', 'runs', 'settings', 'environment', 'checklist'],
  ])
  expect(figures.map(({ name }) => name)).toEqual(['curve'])
  expect(figures[0]!.svg).toContain('<svg')
})

test('its tables are those that are exported alone', async () => {
  const client = await trained()
  const { report } = await client.reports.read({ runs: ['toy'], readings: ['budgets'], rule: 'entropy' })
  const alone = await client.exports.readTable({
    table: { reading: 'budgets', question: { runs: ['toy'], rule: 'entropy' } },
  })
  expect(tableOf(section(report, 'budgets'))).toEqual(alone)
})

test('the summary says what is best at the budget that is asked for', async () => {
  const client = await trained()
  const { report } = await client.reports.read({ runs: ['toy'], readings: ['budgets'], budget: null })
  const [decision, ...others] = section(report, 'summary').parts
  expect(decision).toMatchObject({
    text: expect.stringMatching(/^Best without a budget, chosen on validation samples: /),
  })
  expect(others[0]).toMatchObject({ text: expect.stringMatching(/^2 series; 4 of 4 runs done, trained for /) })
})

test('readings of one budget are at that of the report, those of several have it too', async () => {
  const client = await trained()
  const asked = { runs: ['toy'], readings: ['training-cost', 'best'], budget: 1.1 }
  const { report } = await client.reports.read(asked)
  const plain = (text: string | null) => text?.replaceAll(/\s/g, ' ')
  expect(plain(tableOf(section(report, 'training-cost')).columns.at(-1)!.title)).toBe('110 %')
  const blocks = ({ blocks }: ReturnType<typeof tableOf>) => blocks.map(({ title }) => plain(title))
  const all = ['100 % budget', '110 % budget', 'Unlimited budget']
  expect(blocks(tableOf(section(report, 'best')))).toEqual(all)
  const some = await client.reports.read({ ...asked, budgets: [null] })
  expect(blocks(tableOf(section(some.report, 'best')))).toEqual(all.slice(1))
})

test('what cannot be said stands in the summary with its reason', async () => {
  const client = await trained()
  const { report } = await client.reports.read({
    runs: ['toy'],
    readings: ['loss-landscape', 'numerical-rank', 'calibration'],
  })
  expect(textsOf(section(report, 'summary'))).toEqual([
    ['Loss landscape; Numerical rank', 'Not computed: no analysis of these runs was asked for.'],
    ['Calibration: figure', expect.stringContaining('Expected runs of one series')],
  ])
  expect(report.sections.map(({ id }) => id)).not.toContain('loss-landscape')
})

test('a report on runs whose outputs are damaged is refused, with the command that mends them', async () => {
  const { workspace, open } = bench()
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment({ seeds: [1], regimes: ['joint'] }))
  const { phases } = await untilStatus(client, runs[0]!.id, 'done')
  writeFileSync(join(workspace, 'checkpoints', phases[0]!.id, 'evaluation.safetensors'), 'damaged')
  const { code, command } = await refusal(client.reports.files({ runs: ['toy'] }))
  expect([code, command]).toEqual(['checkpoint-damaged', ['retry', runs[0]!.id]])
  expect((await refusal(client.reports.read({ runs: ['toy'], readings: ['curve'] }))).code).toBe('checkpoint-damaged')
})

test('what does not apply to the runs is left out, unless it is asked for by name', async () => {
  const client = await trained()
  const missing = async (readings: string[]) => {
    const { report } = await client.reports.read({ runs: ['toy'], readings })
    return textsOf(section(report, 'summary')).map(([part]) => part)
  }
  const all = await missing([])
  expect(all).toContainEqual(expect.stringContaining('Loss landscape'))
  expect(all).not.toContainEqual(expect.stringMatching(/Two settings|Calibration/))
  expect(await missing(['settings-heatmap', 'budgets'])).toEqual(['Two settings'])
})

test('runs that are not done are named with their seeds', async () => {
  const { open, script } = bench()
  const { client } = await open()
  const first = await client.experiments.create(experiment({ seeds: [1, 2], regimes: ['joint'] }))
  for (const { id } of first.runs) await untilStatus(client, id, 'done')
  script({ failure: { code: 'disk', message: 'the disk is full' } })
  const second = await client.experiments.create(experiment({ name: 'other', seeds: [7], regimes: ['joint'] }))
  await untilStatus(client, second.runs[0]!.id, 'failed')
  const { report } = await client.reports.read({ runs: ['toy', 'other'], readings: ['budgets'] })
  expect(textsOf(section(report, 'runs'))).toEqual([
    ['toy', 'joint', '1, 2', ''],
    ['other', 'joint', '', 'seed 7 failed'],
  ])
  expect(report.subtitle).toBe('2 of 3 runs done.')
})

test('two experiments of one name are told apart as in the tables of a comparison', async () => {
  const client = await trained({ seeds: [1], regimes: ['joint'] })
  const { id, runs } = await client.experiments.create(experiment({ seeds: [1, 2], regimes: ['joint'] }))
  for (const run of runs) await untilStatus(client, run.id, 'done')
  const all = (await client.runs.list({})).map((run) => run.id)
  const { report } = await client.reports.read({ runs: all, readings: ['budgets'] })
  const names = tableOf(section(report, 'budgets')).blocks.map(({ title }) => title!)
  expect(names[1]).toBe(`toy (${id.slice(0, 6)})`)
  expect(report.title).toBe(`Comparison of ${names.join(', ')}`)
  expect(textsOf(section(report, 'runs'))).toEqual([
    [names[0], 'joint', '1', ''],
    [names[1], 'joint', '1, 2', ''],
  ])
  expect(section(report, 'summary').parts[1]).toMatchObject({
    text: expect.stringMatching(/^2 series; 3 of 3 runs done/),
  })
  expect(section(report, 'settings').parts.map((part) => part.kind === 'table' && part.table.caption)).toEqual(names)
})

test('an exit rule that cannot read the runs is refused: every part would be missing', async () => {
  const client = await trained()
  const { code, message } = await refusal(client.reports.files({ runs: ['toy'], rule: 'difference' }))
  expect([code, message]).toEqual(['usage', expect.stringContaining('cannot be read by the exit rule difference')])
})

test('an unknown part is refused with those that there are', async () => {
  const client = await trained({ seeds: [1], regimes: ['joint'] })
  const { code, message } = await refusal(client.reports.read({ runs: ['toy'], readings: ['budget'] }))
  expect(code).toBe('usage')
  expect(message).toMatch(
    /^There is no reading or analysis “budget”\. Expected some of curve, budgets, best, differences, /,
  )
})

test('readings of single runs, which reports do not have, are unknown parts', async () => {
  const client = await trained({ seeds: [1], regimes: ['joint'] })
  const { code, message } = await refusal(client.reports.read({ runs: ['toy'], readings: ['settings'] }))
  expect([code, message]).toEqual(['usage', expect.stringContaining('no reading or analysis “settings”')])
})

test('tables that have one name by themselves are files of their own', async () => {
  const client = await trained({ seeds: [1], regimes: ['joint'] })
  const readings = ['numerical-rank', 'mutual-information']
  for (const kind of readings) {
    const { analyses } = await client.analyses.ask({ kind, runs: ['toy-joint-s1'] })
    await untilAnalysis(client, analyses[0]!.id, 'done')
  }
  const paths = (await client.reports.files({ runs: ['toy'], readings })).map(({ path }) => path)
  expect(paths.filter((path) => path.endsWith('.csv'))).toEqual([
    ...['tables/toy-representations.csv', 'tables/toy-representations-2.csv'],
  ])
})

test('the files are the report in every format, its data, tables and figures', async () => {
  const client = await trained()
  const files = await client.reports.files({ runs: ['toy'], readings: ['curve', 'budgets'] })
  const paths = files.map(({ path }) => path)
  expect(paths).toEqual([
    ...['report.tex', 'report.html', 'report.md', 'report.json'],
    ...['tables/toy-curve.csv', 'tables/toy-curve.tex', 'tables/toy-budgets.csv', 'tables/toy-budgets.tex'],
    ...['figures/curve.svg', 'figures/curve.pdf'],
  ])
  const data = JSON.parse(await files[3]!.bytes.text()) as { runs: { status: string }[]; experiments: string[] }
  expect(data.experiments).toEqual(['toy'])
  expect(data.runs.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done'])
})
