import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { phaseFolder } from '../../../../../src/main/execution/depot/depot.ts'
import { claim } from '../../../../../src/main/execution/depot/owner.ts'
import { writeSubmission } from '../../../../../src/main/execution/depot/submission.ts'
import { bench, experiment, temporaryFolder, until } from '../../support.ts'

test('the status counts runs, and gives the progress of a phase and its latest end', async () => {
  const { open, script } = bench({ holdAtStep: 4 })
  const { client, idle } = await open()
  await client.experiments.create(experiment())
  const { trainings, ...status } = await until(async () => {
    const now = await client.system.status()
    return now.trainings[0]?.phase?.epochs === 1 && now
  })
  expect(status).toEqual({
    runs: { queued: 2, running: 1, paused: 0, stopped: 0, done: 0, failed: 0 },
    slurm: null,
    external: null,
  })
  expect(trainings).toMatchObject([{ run: { name: 'toy-disjoint-s1' }, phase: { epochs: 1, maxEpochs: 2 } }])
  const [{ phase }] = trainings as [(typeof trainings)[number]]
  const [epoch] = (await client.runs.epochs({ phase: phase!.id })).records
  // One epoch is left, less what is done of it.
  expect(phase!.secondsLeftAtMost).toBeGreaterThan(0)
  expect(phase!.secondsLeftAtMost).toBeLessThanOrEqual(epoch!.seconds)
  script({})
  await idle()
  expect(await client.system.status()).toMatchObject({ runs: { done: 3, running: 0 }, trainings: [] })
})

/** A workspace whose phases have jobs in a depot, beside a squeue that answers with a text or fails. */
async function onCluster(squeue: string) {
  const [programs, depot] = [temporaryFolder(), temporaryFolder()]
  writeFileSync(join(programs, 'squeue'), `#!/bin/sh\n${squeue}\n`)
  chmodSync(join(programs, 'squeue'), 0o755)
  const environment = { PATH: `${programs}:${process.env['PATH']}` }
  const { client } = await bench().open({ train: false, executor: 'slurm', environment })
  await client.system.configure({ depot })
  await client.experiments.create(experiment({ regimes: ['disjoint'] }))
  const [run] = await client.runs.list({})
  for (const [index, { id }] of run!.phases.entries()) {
    mkdirSync(phaseFolder(depot, id))
    await writeSubmission(phaseFolder(depot, id), { task: null, job: `12_${index}`, at: 1 })
  }
  return { client, run: run! }
}

test('lists jobs of Slurm with their states, reasons and nodes', async () => {
  const { client, run } = await onCluster(
    `printf 'ARRAY_JOB_ID|ARRAY_TASK_ID|STATE|REASON|NODELIST|NAME|.\\n12|0|RUNNING|None|n7|a|.\\n12|1|PENDING|Dependency||a|.\\n'`,
  )
  const [first, second] = run.phases
  const jobs = [
    { id: '12_0', phase: first!.id, state: 'RUNNING', reason: null, node: 'n7' },
    { id: '12_1', phase: second!.id, state: 'PENDING', reason: 'Dependency', node: null },
  ]
  expect(await client.runs.jobs({ run: run.id })).toEqual({ jobs, problem: null, processes: [] })
  const names = [first, second].map((phase) => ({ name: phase!.name, run: run.name }))
  expect((await client.system.status()).slurm).toEqual({
    jobs: jobs.map((job, index) => ({ ...job, ...names[index] })),
    problem: null,
  })
})

test('reports a queue that cannot be read beside the jobs', async () => {
  const { client, run } = await onCluster('echo no controller >&2; exit 1')
  const { jobs, problem } = await client.runs.jobs({ run: run.id })
  expect(problem).toBe('squeue failed: no controller')
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([
    ['12_0', 'UNKNOWN'],
    ['12_1', 'UNKNOWN'],
  ])
})

test('a run that this machine trains has no jobs', async () => {
  const { client } = await bench().open({ train: false })
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  expect(await client.runs.jobs({ run: runs[0]!.id })).toEqual({ jobs: [], problem: null, processes: [] })
})

test('names who works on the phases that others can train now', async () => {
  const depot = join(temporaryFolder(), 'depot')
  const { client } = await bench().open({ train: false, executor: 'external', depot })
  await client.experiments.create(experiment({ regimes: ['disjoint'] }))
  const [run] = await client.runs.list({})
  const [first, second] = run!.phases
  const processes = async () => (await client.runs.jobs({ run: run!.id })).processes
  expect(await processes()).toEqual([{ phase: first!.id, process: null }])
  const folder = phaseFolder(depot, first!.id)
  mkdirSync(folder, { recursive: true })
  const owner = await claim(folder, { what: '', job: '12_3' })
  const process = expect.stringMatching(/^process \d+ on .* \(job 12_3\), last active at /) as string
  expect(await processes()).toEqual([{ phase: first!.id, process }])
  const names = { name: first!.name, run: run!.name }
  expect((await client.system.status()).external).toEqual([{ phase: first!.id, process, ...names }])
  expect(second!.status).toBe('queued')
  await owner.release()
})
