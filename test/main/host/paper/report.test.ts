import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { paperReport as schema } from '../../../../src/shared/paper/paper-report.ts'
import { paperBench } from './support.ts'
import { compare } from '../../../support/ask.ts'

const question = (...items: string[]) => ({ scale: 'desk' as const, items })

test('a report without runs has published values only, and claims without own values', async () => {
  const { client } = await paperBench()
  const report = await client.paper.report(question('table-8', 'figure-7'))
  expect(schema.parse(report)).toEqual(report)
  expect(report.tables.flatMap(({ rows }) => rows.flatMap(({ ownSeeds }) => ownSeeds))).toEqual([])
  expect(report.claims.map(({ ownVerdict }) => ownVerdict)).toEqual(report.claims.map(() => 'missing'))
  const file = readFileSync(new URL('../../../../resources/paper-claims.yaml', import.meta.url))
  expect(report.claimsHash).toBe(createHash('sha256').update(file).digest('hex'))
  expect(report.claims.flatMap(({ tests }) => tests.map(({ table }) => table))).toEqual(
    report.claims.flatMap(({ tests }) => tests.map(() => 'table-8')),
  )
  expect(report.environment).toMatchObject({ phases: 0, trainedSeconds: 0, tensorflow: [] })
})

test('own values are paired seed by seed, and settings and environment are those of the runs', async () => {
  const { client, host } = await paperBench()
  await client.paper.start(question('table-11'))
  await host.idle()
  const report = await client.paper.report(question('table-11'))
  const { rows } = await compare(client, { runs: ['Desk: ResNet with nine blocks'], protocol: 'paper' })
  const valuesOf = (regime: string) =>
    rows.find((row) => row.regime === regime)!.seedCells.map((cells) => cells.map((cell) => cell && cell.mean))
  for (const { regime, ownSeeds } of report.tables[0]!.rows) {
    expect(ownSeeds.map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(ownSeeds.map(({ values }) => values)).toEqual(valuesOf(regime))
  }
  const tested = report.claims.flatMap(({ tests }) => tests).find(({ contrast }) => contrast === 'mixed − joint')!
  const at = report.tables[0]!.budgets.indexOf(tested.budget)
  const [mixed, joint] = ['mixed', 'joint'].map((regime) => valuesOf(regime).map((values) => values[at]!))
  const mean = mixed!.reduce((sum, value, seed) => sum + (value - joint![seed]!), 0) / 3
  expect(tested.own).toMatchObject({ n: 3 })
  expect(tested.own!.difference).toBeCloseTo(mean, 9)
  expect(report.settings).toHaveLength(1)
  expect(report.settings[0]).toMatchObject({
    file: 'resnet50-tinyimagenet',
    name: 'Desk: ResNet with nine blocks',
    seeds: [1, 2, 3],
  })
  expect(report.settings[0]!.values.find(({ key }) => key === 'network')!.value).toContain('widths 3, 8, 16, 32')
  expect(report.environment.phases).toBe(report.status.total.phases.all)
  const started = (await client.runs.list()).map((run) => run.startedAt!)
  const { by, isRecorded } = report.testRule.firstRun!
  expect(isRecorded).toBe(true)
  expect(by).toBeGreaterThanOrEqual(Math.min(...started))
  expect(by).toBeLessThanOrEqual(report.createdAt)
  expect(report.environment.precisions).toEqual(['float32'])
  expect(report.checklist.every(({ where }) => where.length > 10)).toBe(true)
})

test('tests on runs that two tables share count once', async () => {
  const { client, host } = await paperBench()
  const items = ['table-7', 'table-11']
  await client.paper.start(question(...items))
  await host.idle()
  const { claims, items: itemOf } = await client.paper.claims(question(...items))
  expect((await client.paper.report(question(...items))).claims).toEqual(claims)
  expect(itemOf).toEqual({ 'table-7': 'table-7', 'table-11': 'table-11' })
  const { tests } = claims.find(({ id }) => id === 'disjoint-below-at-25')!
  // The exits `Every-1` of table 7 are those of table 11.
  const repeated = tests.filter(({ repeats }) => repeats !== null)
  expect(repeated.map(({ table, contrast, repeats }) => [table, contrast, repeats])).toEqual([
    ['table-7', 'joint, Every-1 − disjoint, Every-1', 'table-11'],
    ['table-7', 'mixed, Every-1 − disjoint, Every-1', 'table-11'],
  ])
})

test('the files are the documents, each table and each panel of a figure', async () => {
  const { client, host } = await paperBench()
  await client.paper.start(question('table-16'))
  await host.idle()
  const files = await client.paper.files(question('table-16', 'figure-14'))
  expect(files.map(({ path }) => path)).toEqual([
    ...['report.tex', 'report.html', 'report.md', 'report.json', 'tables/table-16.csv', 'tables/table-16.tex'],
    ...['figures/figure-14.svg', 'figures/figure-14.pdf'],
  ])
  const text = async (path: string) => files.find((file) => file.path === path)!.bytes.text()
  expect(await text('report.tex')).toContain('\\includegraphics[width=\\linewidth]{figures/figure-14.pdf}')
  expect(await text('report.html')).toMatch(/<div class="panel"><svg [^>]*viewBox="0 0 [\d.]+ [\d.]+"/)
  const [header, ...records] = (await text('tables/table-16.csv')).trim().split('\n')
  expect(header).toBe('table,regime,variant,values,same_setting,n,budget,mean,std')
  // Three regimes of published and own values, which have no difference at desk scale, at five budgets.
  expect(records).toHaveLength(3 * 2 * 5)
})
