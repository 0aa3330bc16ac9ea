import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { bench, experiment, refusal, untilStatus, enrolled } from './support.ts'

/** A run that is done, and an analysis of it. */
async function worked() {
  const { open, workspace } = bench()
  const { client, idle } = await open()
  const runs = await enrolled(client, experiment({ regimes: ['joint'] }))
  const { id, phases } = await untilStatus(client, runs[0]!.id, 'done')
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: [id] })
  await idle()
  return {
    client,
    workspace,
    run: id,
    phase: phases[0]!.id,
    experiment: runs[0]!.experimentId,
    series: '1',
    analysis: analyses[0]!.id,
  }
}
type Worked = Awaited<ReturnType<typeof worked>>

function alter(workspace: string, statement: string): void {
  const database = new Database(workspaceAt(workspace).database)
  database.exec(statement)
  database.close()
}

function warnings(workspace: string): unknown[] {
  const database = new Database(workspaceAt(workspace).database, { readonly: true })
  const lines = database.prepare(`SELECT message FROM log_lines WHERE level = 'warning'`).pluck().all()
  database.close()
  return lines
}

const show = ({ client, run }: Worked) => client.runs.show({ run })
const list = ({ client }: Worked) => client.runs.list({})

test.each([
  ['phases', 'definition', 'phase', show],
  ['experiments', 'file', 'experiment', show],
  ['series', 'network', 'series', show],
  ['series', 'costs', 'series', show],
  ['epoch_dominance', 'exits', 'phase', ({ client, phase }: Worked) => client.runs.dominance({ phase })],
  ['epoch_dominance', 'blocks', 'phase', ({ client, phase }: Worked) => client.runs.dominance({ phase })],
] as const)('a row of %s with an altered %s is named, with a remedy', async (table, column, row, ask) => {
  const made = await worked()
  for (const text of ['{"format":1', 'null', '{"format":1,"name":7}']) {
    alter(made.workspace, `UPDATE ${table} SET ${column} = '${text}'`)
    const message = expect.stringMatching(`column “${column}” in row ${made[row]} of table “${table}”`) as string
    expect(await refusal(ask(made))).toEqual({ code: 'workspace-damaged', message })
    const found = (await made.client.system.doctor()).filter(({ check }) => check === 'store')
    expect(found).toEqual([
      {
        check: 'store',
        status: 'error',
        detail: message,
        remedy: expect.stringContaining('Restore a copy') as string,
        command: null,
      },
    ])
  }
})

test.each([
  ['phases', 'latest', '{"exits":[{"exit":0}],"imagesPerSecond":1}'],
  ['evaluations', 'metrics', '{"validation":{"accuracy":["0.5"]},"test":{}}'],
] as const)('a list marks only the run whose %s.%s is damaged', async (table, column, text) => {
  const made = await worked()
  const { runs } = await made.client.experiments.create(experiment({ regimes: ['joint'], seeds: [7] }))
  await untilStatus(made.client, runs[0]!.id, 'done')
  const where = `${table === 'phases' ? 'id' : 'phase_id'} = '${made.phase}'`
  alter(made.workspace, `UPDATE ${table} SET ${column} = '${text}' WHERE ${where}`)
  const [damaged, sound] = await list(made)
  expect(damaged).toMatchObject({ id: made.run, latest: null, scores: null, errorCode: 'workspace-damaged' })
  expect(damaged!.error).toContain(`column “${column}” in row ${made.phase} of table “${table}”`)
  expect(sound).toMatchObject({ id: runs[0]!.id, error: null, latest: { epoch: 2 } })
})

test('a list marks only the analysis whose parameters are damaged', async () => {
  const made = await worked()
  alter(made.workspace, `UPDATE analyses SET parameters = '7'`)
  expect(await made.client.analyses.list()).toMatchObject([
    { id: made.analysis, status: 'failed', error: expect.stringContaining('column “parameters”') as string },
  ])
})

test('a run whose phase is damaged fails alone, and later runs are trained', async () => {
  const { open, workspace } = bench()
  const first = await open({ train: false })
  const runs = await enrolled(first.client, experiment({ regimes: ['joint'], seeds: [1, 2] }))
  await first.close()
  const [damaged, sound] = runs.map(({ id, phases }) => ({ id, phase: phases[0]!.id }))
  alter(
    workspace,
    `UPDATE phases SET definition = json_set(definition, '$.training.epochs', 'two') WHERE id = '${damaged!.phase}'`,
  )
  const { client, idle } = await open()
  await idle()
  const message = expect.stringContaining(`in row ${damaged!.phase} of table “phases”`) as string
  expect(await client.runs.list({ runs: [damaged!.id] })).toMatchObject([
    { status: 'failed', errorCode: 'workspace-damaged', error: message },
  ])
  expect(await client.runs.list({ runs: [sound!.id] })).toMatchObject([{ status: 'done', error: null }])
})

test('an experiment that is damaged is listed with the others', async () => {
  const made = await worked()
  alter(made.workspace, `UPDATE experiments SET file = '{}'`)
  expect(await made.client.experiments.list()).toMatchObject([{ name: 'toy', regimes: ['joint'], seeds: [1], done: 1 }])
})

test.each(['two', '"two"'])('the default replaces a setting that is %s instead of a number', async (text) => {
  const { open, workspace } = bench()
  const host = await open()
  await host.client.system.configure({ parallel: 2, dataFolders: { mnist: '/data' } })
  await host.close()
  alter(workspace, `UPDATE settings SET value = '${text}' WHERE name = 'parallel'`)
  const { client } = await open()
  expect(await client.system.settings()).toMatchObject({
    parallel: 'auto',
    device: 'cpu',
    dataFolders: { mnist: '/data' },
  })
  const message = expect.stringMatching(
    /^The setting “parallel” of the store .* damaged .*default "auto" is used\./s,
  ) as string
  expect(warnings(workspace)).toEqual([message])
  expect((await client.system.doctor()).filter(({ check }) => check === 'store')).toEqual([
    expect.objectContaining({ status: 'warning', detail: message }),
  ])
  await client.system.configure({ parallel: 3 })
  expect((await client.system.doctor()).find(({ check }) => check === 'store')).toMatchObject({ status: 'ok' })
})

test('doctor finds phases whose id is not the hash of their identity', async () => {
  const { client, workspace, phase } = await worked()
  alter(workspace, `UPDATE phases SET definition = json_set(definition, '$.seed', 7)`)
  expect((await client.system.doctor()).filter(({ check }) => check === 'store')).toEqual([
    expect.objectContaining({
      status: 'error',
      detail: expect.stringContaining(`id of phase ${phase}`) as string,
    }),
  ])
})
