import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { workspaceAt } from '../../src/main/store/workspace.ts'
import { bench, experiment, refusal, untilStatus } from './support.ts'

/** A run that is done, and an analysis of it. */
async function worked() {
  const { open, workspace } = bench()
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  const { id, phases } = await untilStatus(client, runs[0]!.id, 'done')
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: [id] })
  await idle()
  return {
    client,
    workspace,
    run: id,
    phase: phases[0]!.id,
    experiment: runs[0]!.experimentId,
    analysis: analyses[0]!.id,
  }
}
type Worked = Awaited<ReturnType<typeof worked>>

function alter(workspace: string, statement: string): void {
  const database = new Database(workspaceAt(workspace).database)
  database.exec(statement)
  database.close()
}

const show = ({ client, run }: Worked) => client.runs.show({ run })
const list = ({ client }: Worked) => client.runs.list({})

test.each([
  ['phases', 'identity', 'phase', show],
  ['phases', 'latest', 'phase', list],
  ['experiments', 'file', 'experiment', show],
  ['experiments', 'network', 'experiment', show],
  ['experiments', 'costs', 'experiment', show],
  ['evaluations', 'accuracies', 'phase', list],
  ['analyses', 'parameters', 'analysis', ({ client }: Worked) => client.analyses.list()],
  ['epoch_dominance', 'exits', 'phase', ({ client, phase }: Worked) => client.runs.dominance({ phase })],
  ['epoch_dominance', 'blocks', 'phase', ({ client, phase }: Worked) => client.runs.dominance({ phase })],
] as const)('a row of %s whose %s is no JSON any more is named, with what to do', async (table, column, row, ask) => {
  const made = await worked()
  for (const text of ['{"format":1', 'null']) {
    alter(made.workspace, `UPDATE ${table} SET ${column} = '${text}'`)
    const message = expect.stringMatching(`column “${column}” of the row ${made[row]} of “${table}”`) as string
    expect(await refusal(ask(made))).toEqual({ code: 'workspace-damaged', message })
    const found = (await made.client.system.doctor()).filter(({ check }) => check === 'store')
    expect(found).toEqual([
      {
        check: 'store',
        status: 'error',
        detail: message,
        remedy: expect.stringContaining('Put back a copy') as string,
      },
    ])
  }
})

test('a setting that is no JSON any more is named when the workspace is opened', async () => {
  const { open, workspace } = bench()
  const host = await open()
  await host.client.system.configure({ parallel: 2 })
  await host.close()
  alter(workspace, `UPDATE settings SET value = 'two'`)
  expect(await open().catch((error: unknown) => error)).toMatchObject({
    code: 'workspace-damaged',
    message: expect.stringContaining('column “value” of the row parallel of “settings”') as string,
  })
})

test('doctor finds phases whose identity is not the one that their id is the hash of', async () => {
  const { client, workspace, phase } = await worked()
  alter(workspace, `UPDATE phases SET identity = json_set(identity, '$.seed', 7)`)
  expect((await client.system.doctor()).filter(({ check }) => check === 'store')).toEqual([
    expect.objectContaining({
      status: 'error',
      detail: expect.stringContaining(`identity of phase ${phase}`) as string,
    }),
  ])
})
