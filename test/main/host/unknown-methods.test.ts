import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import type { HostOptions } from '../../../src/main/host/open/index.ts'
import { writeScript } from '../../support/fake-trainer/script.ts'
import { exitlab } from '../cli/support.ts'
import { bench, refusal, until } from './support.ts'
import { compare, curvesOf } from '../../support/ask.ts'

/** What the other version has stored with each of its methods: the experiments are named after the kinds. */
const methods = [
  ['family', 'two-scale'],
  ['head', 'two-tower'],
  ['weighting', 'by-depth'],
  ['dataset', 'stripes'],
  ['regime', 'freeze-thaw'],
] as const
const names = methods.map(([kind]) => kind)
/** A regime is an order of phases, which are stored: trained runs and waiting ones do not need it. */
const needed = methods.filter(([kind]) => kind !== 'regime')

const stored = mkdtempSync(join(tmpdir(), 'exitlab-other-version-'))
afterAll(() => rmSync(stored, { recursive: true }))
beforeAll(() => {
  const fakeFolder = join(stored, 'fake-trainer')
  mkdirSync(fakeFolder)
  writeScript(fakeFolder, {})
  const script = fileURLToPath(new URL('../../support/other-version/host.ts', import.meta.url))
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, stored, fakeFolder])
}, 120_000)

/** A copy of that workspace, in this version. */
async function opened(options: Partial<HostOptions> = { train: false, analyse: false }) {
  const made = bench()
  cpSync(stored, made.workspace, { recursive: true })
  return { ...made, host: await made.open(options), alter: (sql: string) => alter(made.workspace, sql) }
}

function alter(workspace: string, statement: string): void {
  const database = new Database(workspaceAt(workspace).database)
  database.exec(statement)
  database.close()
}

const unknown = (kind: string, name: string) => ({
  code: 'unknown-method',
  kind,
  name,
  message: expect.stringContaining(`“${name}”`) as string,
})

describe('runs of methods that this version does not have', () => {
  test('are listed and shown with their numbers, curves and files', async () => {
    const { client } = (await opened()).host
    const runs = await client.runs.list({})
    expect(runs.map(({ experiment }) => experiment)).toEqual([
      ...names,
      'known',
      ...names.map(waiting),
      'known-waiting',
    ])
    for (const [kind, name] of methods) {
      const run = await client.runs.show({ run: kind })
      expect(run).toMatchObject({ status: 'done', error: null, unknownMethods: [{ kind, name }] })
      expect(run.scores!.test.every((value) => value >= 0)).toBe(true)
      expect(run.outline === null).toBe(kind === 'family')
      expect((await client.runs.epochs({ phase: run.phases[0]!.id })).metrics.length).toBeGreaterThan(0)
      const table = await client.exports.readTable({ table: { reading: 'epochs', question: { runs: [kind] } } })
      expect(table.blocks[0]!.rows).toHaveLength(1)
    }
    expect((await client.runs.show({ run: 'known' })).unknownMethods).toEqual([])
  })

  test('are compared with others, none left out', async () => {
    const { client } = (await opened()).host
    const { rows } = await compare(client, {})
    expect(rows.map(({ experiment, regime }) => [experiment, regime])).toEqual(
      [...names, 'known'].map((name) => [name, name === 'regime' ? 'freeze-thaw' : 'joint']),
    )
    expect(rows.every(({ cells }) => cells.at(-1) !== null)).toBe(true)
    const { series } = await curvesOf(client, { runs: ['regime', 'known'] })
    expect(series.map(({ regime, look }) => [regime, look])).toEqual([
      ['freeze-thaw', 0],
      ['joint', null],
    ])
    const asked = { runs: [...names, 'known'] }
    for (const table of [
      { reading: 'budgets', question: asked },
      { reading: 'exits', question: asked },
      { reading: 'calibration', question: asked },
      { reading: 'settings', question: asked },
    ] as const) {
      const { blocks } = await client.exports.readTable({ table })
      expect(blocks.length, JSON.stringify(table)).toBeGreaterThan(0)
    }
    expect((await client.evaluations.published({ runs: [...names] })).fitting).toEqual({})
  })

  test('get no more seeds, and neither do runs that are named with them', async () => {
    const { client } = (await opened()).host
    const before = await client.runs.list({})
    const asked = { runs: ['known', waiting('family')], more: 1 }
    expect(await refusal(client.experiments.moreSeeds(asked))).toMatchObject(unknown('family', 'two-scale'))
    expect(await client.runs.list({})).toEqual(before)
  })

  test.each(needed)('are refused what needs the %s %s', async (kind, name) => {
    const { host, workspace, alter } = await opened()
    const { client } = host
    const target = join(workspace, 'exported')
    const asked = [
      ...(kind === 'weighting' ? [] : [() => client.exports.run({ run: kind, folder: target })]),
      ...(kind === 'weighting' || kind === 'dataset' ? [] : [() => client.runs.measureLatency({ runs: [kind] })]),
      () => client.analyses.ask({ kind: 'gradient-dominance', runs: [kind] }),
    ]
    for (const each of asked) expect(await refusal(each())).toMatchObject(unknown(kind, name))
    expect(existsSync(target)).toBe(false)
    const before = await client.runs.show({ run: kind })
    await host.close()
    alter(
      `UPDATE runs SET status = 'failed' WHERE name LIKE '${kind}-waiting%'; UPDATE evaluations SET sha256 = 'spoilt'`,
    )
    const again = (await bench().open({ workspace, train: false, analyse: false })).client
    for (const run of [kind, waiting(kind)])
      expect(await refusal(again.runs.retry({ runs: [run] }))).toMatchObject(unknown(kind, name))
    // Nothing is lost that could not be computed again.
    expect((await again.runs.show({ run: kind })).evaluation!.metrics).toEqual(before.evaluation!.metrics)
  })

  test('fail alone where they wait, and those that need no such method are trained', async () => {
    const { host } = await opened({})
    await host.idle()
    for (const [kind, name] of needed) {
      const [run] = await host.client.runs.list({ runs: [waiting(kind)] })
      expect(run).toMatchObject({
        status: 'failed',
        errorCode: 'unknown-method',
        error: expect.stringContaining(`“${name}”`) as string,
      })
    }
    expect(await host.client.runs.list({ runs: ['regime-waiting', 'known-waiting'] })).toMatchObject([
      { status: 'done', regime: 'freeze-thaw' },
      { status: 'done' },
    ])
  })

  test('are a warning of doctor each, not damage', async () => {
    const { client } = (await opened()).host
    const found = (await client.system.doctor()).filter(({ check }) => check === 'store')
    expect(found.map(({ status, detail }) => [status, /“(.*?)”, of (.*?),/.exec(detail)?.slice(1)])).toEqual([
      ...methods.map(([, name]) => ['warning', [name, '2 runs']]),
      ['warning', ['weight-norms', '1 analysis']],
    ])
  })

  test('that are damaged besides are reported as damage, with the place', async () => {
    const { host, workspace, alter } = await opened()
    await host.close()
    alter(
      `UPDATE series SET network = json_set(network, '$.classes', 'ten') WHERE json_extract(network, '$.family') = 'two-scale'`,
    )
    const { client } = await bench().open({ workspace, train: false, analyse: false })
    expect(await refusal(client.runs.show({ run: 'family' }))).toMatchObject({
      code: 'workspace-damaged',
      message: expect.stringMatching(/column “network” in row \d+ of table “series” is invalid \(classes: /) as string,
    })
    expect((await client.system.doctor()).filter(({ check }) => check === 'store')[0]).toMatchObject({
      status: 'error',
    })
  })
})

describe('an analysis that this version does not have', () => {
  test('is listed, and refused where it would be computed', async () => {
    const { host, workspace, alter } = await opened()
    expect(await host.client.analyses.list({})).toMatchObject([{ kind: 'weight-norms', status: 'done' }])
    await host.close()
    alter(`UPDATE analyses SET status = 'paused'`)
    const { client } = await bench().open({ workspace, train: false, analyse: false })
    const [analysis] = await client.analyses.list({})
    expect(await refusal(client.analyses.resume({ analyses: [analysis!.id] }))).toMatchObject(
      unknown('analysis', 'weight-norms'),
    )
  })

  test('is shown on the command line: what it is, and with --json the result as it was stored', async () => {
    const { client } = (await opened()).host
    const [analysis] = await client.analyses.list({})
    const { result } = await client.analyses.show({ analysis: analysis!.id })
    const show = (...options: string[]) => exitlab(['analyse', 'show', analysis!.id, ...options], { client })
    expect(await show()).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^weight-norms of \S+: done\nThe analysis “weight-norms” is unknown to this version.*\n.*--json/,
      ),
    })
    const { exitCode, stdout } = await show('--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'weight-norms', analyses: [{ id: analysis!.id, result }] })
  })

  test('fails with what it needs where it waits', async () => {
    const { host, workspace, alter } = await opened()
    await host.close()
    alter(`UPDATE analyses SET status = 'queued'`)
    const { client } = await bench().open({ workspace, train: false })
    const failed = await until(async () => (await client.analyses.list({})).find(({ status }) => status === 'failed'))
    expect(failed.error).toContain('The analysis “weight-norms” is unknown')
  })
})

const waiting = (kind: string) => `${kind}-waiting`
