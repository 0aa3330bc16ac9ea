import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readEvents } from '../../../../../src/main/execution/depot/events.ts'
import { claim } from '../../../../../src/main/execution/depot/owner.ts'
import { readJob } from '../../../../../src/main/execution/depot/phase-job.ts'
import { readResults } from '../../../../../src/main/execution/depot/phase-results.ts'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { workspaceAt } from '../../../../../src/main/store/workspace.ts'
import { bench, enrolled, experiment, until, untilStatus } from '../../support.ts'

const messages = async (client: HostClient, run: string) =>
  (await client.runs.log({ run })).map(({ message }) => message)

describe('a phase that this host trains', () => {
  it('has its job, its events and its evaluation in its folder, where the store finds them', async () => {
    const { open, workspace } = bench()
    const { client, idle } = await open()
    const [run] = await enrolled(client, experiment({ regimes: ['joint'] }))
    await idle()
    const { id } = run!.phases[0]!
    const { checkpoints } = workspaceAt(workspace)
    const folder = join(checkpoints, id)
    expect((await readJob(checkpoints, id)).evaluate).toBe(true)
    const { events } = await readEvents(folder)
    const types = events.map(({ type }) => type)
    expect(types[0]).toBe('taken')
    expect(types.slice(-2)).toEqual(['trained', 'evaluated'])
    expect(events.flatMap((each) => (each.type === 'epoch' ? each.epoch : []))).toEqual([1, 2])
    const { evaluation, phases } = await client.runs.show({ run: run!.id })
    expect((await readResults(folder)).evaluation!.sha256).toBe(evaluation!.sha256)
    expect(phases[0]!.checkpoint!.file).toBe(join(folder, 'final.safetensors'))
    expect(await messages(client, run!.id)).not.toContainEqual(expect.stringContaining('Process'))
  })

  it('has events that a killed host has not recorded recorded by the next one, each once', async () => {
    const { open, workspace, script } = bench({ holdAtStep: 4 })
    const first = await open()
    const [run] = await enrolled(first.client, experiment({ regimes: ['joint'] }))
    const phase = run!.phases[0]!.id
    const epochs = async (client: HostClient) => (await client.runs.epochs({ phase })).records.map(({ epoch }) => epoch)
    await until(async () => (await epochs(first.client)).length === 1)
    await first.close()
    // As a host leaves it that is killed between the folder and the store.
    const database = new Database(workspaceAt(workspace).database)
    database.exec('DELETE FROM epochs; DELETE FROM log_lines; UPDATE phases SET events_read = 0')
    database.close()
    script({})
    const { client, idle } = await open()
    await idle()
    expect(await epochs(client)).toEqual([1, 2])
    const begun = (await messages(client, run!.id)).filter((message) => /^Phase .* (begins|resumes)/.test(message))
    expect(begun).toEqual([expect.stringContaining('begins'), expect.stringContaining('resumes after epoch 1')])
  })

  it('is taken with its training curves from its folder where the store is gone', async () => {
    const { open, workspace, journal } = bench()
    const first = await open()
    const [run] = await enrolled(first.client, experiment({ regimes: ['joint'] }))
    await first.idle()
    await first.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(workspace, `exitlab.db${suffix}`), { force: true })
    const { client, idle } = await open()
    await client.experiments.create(experiment({ regimes: ['joint'] }))
    await idle()
    expect((await client.runs.epochs({ phase: run!.phases[0]!.id })).records).toHaveLength(2)
    expect(journal().filter((line) => line === 'train all exits' || line === 'evaluate')).toHaveLength(2)
  })

  it('fails its run, which says who, while another process has it', async () => {
    const { open, workspace } = bench()
    const looker = await open({ train: false })
    const [run] = await enrolled(looker.client, experiment({ regimes: ['joint'] }))
    await looker.close()
    const folder = join(workspaceAt(workspace).checkpoints, run!.phases[0]!.id)
    mkdirSync(folder)
    const owner = await claim(folder, { what: '', job: '12_3' })
    onTestFinished(() => owner.release())
    const { client, idle } = await open()
    await idle()
    expect((await client.runs.list({}))[0]).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('job 12_3') as string,
    })
  })
})

describe('weights that a phase starts from', () => {
  it('are trained again where they are gone', async () => {
    const { open, workspace, journal } = bench()
    const { client, idle } = await open()
    const [disjoint] = await enrolled(client, experiment({ regimes: ['disjoint'] }))
    await idle()
    rmSync(join(workspaceAt(workspace).checkpoints, disjoint!.phases[0]!.id), { recursive: true })
    const [mixed] = await enrolled(client, experiment({ regimes: ['mixed'] }))
    await untilStatus(client, mixed!.id, 'done')
    expect(journal().filter((line) => line === 'train backbone')).toHaveLength(2)
    expect(await messages(client, mixed!.id)).toContainEqual(
      expect.stringMatching(/is missing. Its phase is trained again.$/),
    )
  })

  it('that are damaged again after they were trained again fail the run', async () => {
    const { open, journal } = bench({ damagesStart: true })
    const { client, idle } = await open()
    await client.experiments.create(experiment({ regimes: ['disjoint'] }))
    await idle()
    expect((await client.runs.list({}))[0]).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/Training the phase again did not help\.$/) as string,
    })
    expect(journal().filter((line) => line === 'train backbone')).toHaveLength(2)
  })
})

it('an evaluation that is damaged when it is taken is computed again, with the same bytes', async () => {
  const { open, workspace, journal } = bench()
  const { client, idle } = await open()
  const [run] = await enrolled(client, experiment({ regimes: ['joint'] }))
  await idle()
  const file = join(workspaceAt(workspace).checkpoints, run!.phases[0]!.id, 'evaluation.safetensors')
  const sound = readFileSync(file)
  writeFileSync(file, 'damaged')
  await client.runs.retry({ runs: [run!.id] })
  await idle()
  await untilStatus(client, run!.id, 'done')
  expect(readFileSync(file).equals(sound)).toBe(true)
  expect(existsSync(`${file}.damaged`)).toBe(true)
  expect(journal().filter((line) => line === 'evaluate')).toHaveLength(2)
})
