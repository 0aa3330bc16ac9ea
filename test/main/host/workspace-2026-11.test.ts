import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runAlone } from '../trainer/support/trial.ts'
import { continuation } from './continuation.ts'
import { earlierWorkspace, images } from './earlier-workspace.ts'
import { temporaryFolder, untilStatus } from './support.ts'

const { opened, runAgain } = earlierWorkspace('workspace-2026-11')

test('its runs are shown as they were, and a shared phase is one', async () => {
  const { client } = await opened()
  const runs = await client.runs.list({})
  expect(
    Object.fromEntries(runs.map(({ name, status, phases }) => [name, [status, ...phases.map((each) => each.status)]])),
  ).toEqual({
    'shared-disjoint-s1': ['done', 'done', 'done'],
    'shared-mixed-s1': ['done', 'done', 'done'],
    'paused-mixed-s1': ['paused', 'done', 'queued'],
    'failed-joint-s1': ['failed', 'failed'],
  })
  const first = (name: string) => runs.find((run) => run.name === name)!.phases[0]!
  expect(first('shared-disjoint-s1').id).toBe(first('shared-mixed-s1').id)
  const { created, runs: found } = await runAgain(client, 'shared')
  expect([created, found.map(({ status }) => status)]).toEqual([false, ['done', 'done']])
})

test('its paused run resumes to the weights of the same snapshot trained in one go, and its failed one trains', async () => {
  const { client, workspace } = await opened()
  await runAgain(client, 'paused')
  const undisturbed = continuation(workspace, 'paused-mixed-s1', images)
  await client.runs.resume({ runs: ['paused-mixed-s1'] })
  const [run] = await client.runs.list({ runs: ['paused-mixed-s1'] })
  await untilStatus(client, run!.id, 'done')
  const { end } = await runAlone(undisturbed)
  const { phases, evaluation } = await client.runs.show({ run: run!.id })
  expect(end).toMatchObject({ type: 'trained', checkpoint: { sha256: phases[1]!.checkpoint!.sha256 } })
  expect(evaluation!.metrics.test.accuracy).toHaveLength(2)
  const { records } = await client.runs.epochs({ phase: phases[1]!.id })
  expect(records.map(({ epoch }) => epoch)).toEqual([1, 2, 3])

  const elsewhere = temporaryFolder()
  cpSync(images, join(elsewhere, 'data'), { recursive: true })
  await runAgain(client, 'failed', elsewhere)
  await client.runs.retry({ runs: ['failed-joint-s1'] })
  const [failed] = await client.runs.list({ runs: ['failed-joint-s1'] })
  await untilStatus(client, failed!.id, 'done')
})
