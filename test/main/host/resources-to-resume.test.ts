import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Host } from '../../../src/main/host/open/index.ts'
import { bench, experiment, until, untilStatus } from './support.ts'

const toy = experiment({ regimes: ['joint'] })
/** More runs at once than this machine has threads leave one thread to each. */
const crowded = 4096

/** Threads of the weights that a run hands on, and of all who had a part in them. */
async function threadsOf({ client }: Host, id: string): Promise<unknown> {
  const { phases } = await client.runs.show({ run: id })
  const { file } = phases.at(-1)!.checkpoint!
  const { versions, earlierVersions } = JSON.parse(readFileSync(`${file}.manifest.json`, 'utf8'))
  expect(phases.at(-1)!.threads).toBe(Number(versions.threads))
  return [versions.threads, earlierVersions]
}

/** Begins a run with one thread, and leaves it with a checkpoint. */
async function begun() {
  const made = bench({ holdAtStep: 3 })
  const host = await made.open({ parallel: crowded })
  const { runs } = await host.client.experiments.create(toy)
  const { id } = runs[0]!
  await until(async () => (await host.client.runs.show({ run: id })).phases[0]!.epochs === 1)
  await host.client.runs.pause({ runs: [id] })
  await host.close()
  made.script({})
  return { ...made, id }
}

test('a phase goes on with the threads that it began with, whatever --parallel says then', async () => {
  const { open, id } = await begun()
  const host = await open({ parallel: 1 })
  await host.client.runs.resume({ runs: [id] })
  await untilStatus(host.client, id, 'done')
  expect(await threadsOf(host, id)).toEqual(['1', []])
  const log = await host.client.runs.log({ run: id })
  expect(log.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/resumes after epoch 1, step 3, with 1 thread\.$/),
  )
})

test('the later phases of a run have as many threads as its first, whatever --parallel says then', async () => {
  const { open, script } = bench({ holdAtStep: 3 })
  const first = await open({ parallel: crowded })
  const { runs } = await first.client.experiments.create(experiment({ regimes: ['mixed'] }))
  const { id } = runs[0]!
  await until(async () => (await first.client.runs.show({ run: id })).phases[0]!.epochs === 1)
  await first.client.runs.pause({ runs: [id] })
  await first.close()
  script({})
  const host = await open({ parallel: 1 })
  await host.client.runs.resume({ runs: [id] })
  await untilStatus(host.client, id, 'done')
  expect(await threadsOf(host, id)).toEqual(['1', []])
})

test('the threads are known where the store is gone, and where the weights are damaged', async () => {
  const { open, id, workspace } = await begun()
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(workspace, `exitlab.db${suffix}`), { force: true })
  const host = await open({ parallel: 1 })
  await host.client.experiments.create(toy)
  await untilStatus(host.client, id, 'done')
  expect(await threadsOf(host, id)).toEqual(['1', []])
  const { phases } = await host.client.runs.show({ run: id })
  writeFileSync(phases.at(-1)!.checkpoint!.file, 'damaged')
  await host.client.runs.retry({ runs: [id] })
  await untilStatus(host.client, id, 'done')
  expect(await threadsOf(host, id)).toEqual(['1', []])
})

test('a phase whose trainer crashes goes on with the threads that it began with, whatever the settings say then', async () => {
  const { open, script } = bench({ holdAtStep: 3 })
  const host = await open({ parallel: crowded })
  const { runs } = await host.client.experiments.create(toy)
  const { id } = runs[0]!
  await until(async () => (await host.client.runs.show({ run: id })).phases[0]!.epochs === 1)
  await host.client.system.configure({ parallel: 1 })
  script({ crashes: 1, crashAtStep: 4 })
  await untilStatus(host.client, id, 'done')
  expect(await threadsOf(host, id)).toEqual(['1', []])
})
