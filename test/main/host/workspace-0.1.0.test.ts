import { parse } from 'csv-parse/sync'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listedRun } from '../../../src/main/cli/commands/list.ts'
import { phaseIdOf } from '../../../src/main/execution/depot/phase-job.ts'
import { openStoreReadOnly } from '../../../src/main/store/open.ts'
import type { HostClient } from '../../../src/contract/index.ts'
import type { RunSummary } from '../../../src/shared/runs/runs.ts'
import { runAlone } from '../trainer/support/trial.ts'
import { continuation } from './continuation.ts'
import { earlierWorkspace, images } from './earlier-workspace.ts'
import { temporaryFolder, until, untilStatus } from './support.ts'

const { expected, opened, runAgain } = earlierWorkspace('workspace-0.1.0')

async function table(client: HostClient, of: Parameters<HostClient['exports']['table']>[0]['table']): Promise<string> {
  const { bytes } = await client.exports.table({ table: of, format: 'csv' })
  return bytes.text()
}

/** Lines of a CSV by the names of its columns: later versions may have more of these. */
const records = (csv: string) => parse(csv, { columns: true }) as Record<string, string>[]

test('runs, comparison and analysis of a workspace of 0.1.0 are shown as by 0.1.0', async () => {
  const { client } = await opened()
  const known = JSON.parse(expected('runs.json')) as RunSummary[]
  const runs = await client.runs.list({ runs: ['toy'] })
  const phases = (run: RunSummary) => run.phases.map(({ id, name, status, epochs }) => ({ id, name, status, epochs }))
  expect(runs.map((run) => ({ ...listedRun(run), phases: phases(run) }))).toMatchObject(
    known.map((run) => ({ ...run, phases: phases(run) })),
  )
  expect(await table(client, { reading: 'budgets', question: { runs: ['toy'] } })).toBe(expected('budgets.csv'))
  const [analysis] = await client.analyses.list({ runs: ['toy-joint-s1'] })
  expect(analysis!.status).toBe('done')
  const ranks = records(await table(client, { name: 'representations', analyses: [analysis!.id] }))
  expect(ranks).toMatchObject(records(expected('numerical-rank.csv')))
})

test('its experiments, run again from where their data now are, are found again with every phase', async () => {
  const { client } = await opened()
  const { created, runs } = await runAgain(client, 'toy')
  expect(created).toBe(false)
  expect(runs.map(({ status }) => status)).toEqual(Array(6).fill('done'))
})

test('its phases say what they start from, and have the ids that this version gives them', async () => {
  const { workspace } = await opened()
  const store = openStoreReadOnly(workspace)!
  onTestFinished(() => store.close())
  for (const { id, definition } of store.phases.all()) expect(phaseIdOf(definition)).toBe(id)
  const [backbone, heads] = store.phases.chain(store.runs.find('toy-disjoint-s1')[0]!.id)
  expect(backbone!.definition.initial).toEqual({ kind: 'fresh' })
  expect(heads!.definition.initial).toEqual({ kind: 'phase', id: backbone!.id, fresh: ['heads.0', 'heads.1'] })
})

test('its runs are exported, and analysed anew', async () => {
  const { client } = await opened()
  await runAgain(client, 'toy')
  const folder = join(temporaryFolder(), 'run')
  const { files } = await client.exports.run({ run: 'toy-mixed-s2', folder })
  expect(files.toSorted()).toContain('model.safetensors')
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: ['toy-mixed-s2'] })
  const { id } = analyses[0]!
  const done = await until(async () => {
    const { analysis, result, whole } = await client.analyses.show({ analysis: id })
    return (analysis.status === 'done' || analysis.status === 'failed') && { status: analysis.status, result, whole }
  })
  expect(done).toMatchObject({ status: 'done', whole: true })
})

/**
 * 0.1.0 paused it within its second epoch. What 0.1.0 would have made of it cannot be had any more: engine revision 2 ends a step
 * with other last digits (docs/decisions/006). So the same snapshot is trained to its end in one go, and once interrupted.
 */
test('its paused run resumes to the same weights, interrupted again or not, and says that its last digits may differ', async () => {
  const { client, workspace } = await opened()
  await runAgain(client, 'paused')
  const undisturbed = continuation(workspace, 'paused-joint-s1', images)
  await client.runs.resume({ runs: ['paused-joint-s1'] })
  const [run] = await client.runs.list({ runs: ['paused-joint-s1'] })
  await until(async () => (await client.runs.show({ run: run!.id })).phases[0]!.epochs >= 3)
  await client.runs.pause({ runs: [run!.id] })
  await untilStatus(client, run!.id, 'paused')
  await client.runs.resume({ runs: [run!.id] })
  await untilStatus(client, run!.id, 'done')
  const { end } = await runAlone(undisturbed)
  const { phases } = await client.runs.show({ run: run!.id })
  expect(end).toMatchObject({ type: 'trained', checkpoint: { sha256: phases[0]!.checkpoint!.sha256 } })
  const warnings = (await client.runs.log({ run: run!.id })).filter(({ level }) => level === 'warning')
  expect(warnings.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/engine 1 → \d+.*may differ in the last digits/),
  )
})
