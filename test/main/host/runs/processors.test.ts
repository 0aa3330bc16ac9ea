import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { finalName, readManifest, writeManifest, type Versions } from '../../../../src/files/checkpoint-manifest.ts'
import { recordedProcessor } from '../../../../src/files/processor.ts'
import { bench, experiment } from '../support.ts'

/** Two finished runs; `trainedOn` changes what the last phase of one says of its training. */
async function trained() {
  const made = bench()
  const { client, idle } = await made.open()
  await client.experiments.create(experiment({ regimes: ['joint'], seeds: [1, 2] }))
  await idle()
  const runs = await client.runs.list({})
  async function trainedOn(run: number, versions: Versions, earlier: Versions[] = []): Promise<void> {
    const folder = join(made.workspace, 'checkpoints', runs[run]!.phases.at(-1)!.id)
    const manifest = (await readManifest(folder, finalName))!
    await writeManifest(folder, { ...manifest, versions, earlierVersions: earlier })
  }
  return { ...made, client, trainedOn }
}

const [amd, intel] = ['AMD EPYC 9004', 'Intel Xeon 8480'].map((processor) => ({ device: 'cpu CPU:0', processor }))
const planned = async (client: HostClient, seeds: number[]) =>
  (await client.experiments.plan({ ...experiment({ regimes: ['joint'], seeds }), calibrate: false })).caveats

test('runs from one processor have no caveat, whatever their versions', async () => {
  const { client, trainedOn } = await trained()
  await trainedOn(0, { ...amd!, exitlab: '1' })
  await trainedOn(1, { ...amd!, exitlab: '2' })
  expect(await client.evaluations.caveats({ runs: ['toy'] })).toEqual([])
})

test('runs from different processors have a caveat that names them', async () => {
  const { client, trainedOn } = await trained()
  await trainedOn(0, amd!)
  await trainedOn(1, intel!)
  const [caveat] = await client.evaluations.caveats({})
  expect(caveat).toEqual({
    kind: 'processors',
    sentence: expect.stringMatching(/^Different processors: AMD EPYC 9004 \(1 run\), Intel Xeon 8480 \(1 run\)\. /),
    processors: [
      { name: 'AMD EPYC 9004', runs: 1 },
      { name: 'Intel Xeon 8480', runs: 1 },
    ],
  })
  expect(await client.evaluations.caveats({ runs: [(await client.runs.list({}))[0]!.id] })).toEqual([])
})

test('a run that was moved to another processor has both, and a GPU counts by its name', async () => {
  const { client, trainedOn } = await trained()
  await trainedOn(0, intel!, [amd!])
  await trainedOn(1, { device: 'gpu NVIDIA H100', processor: 'AMD EPYC 9004' })
  const [caveat] = await client.evaluations.caveats({})
  expect(caveat!.sentence).toContain('Intel Xeon 8480 (1 run), AMD EPYC 9004 (1 run), NVIDIA H100 (1 run)')
})

test('a plan says that phases were trained on another processor than those to come', async () => {
  const { client, trainedOn } = await trained()
  for (const run of [0, 1]) await trainedOn(run, amd!)
  const about = async (seeds: number[]) =>
    (await planned(client, seeds)).filter((each) => each.startsWith('Different processors: '))
  expect(await about([1, 2])).toEqual([])
  const [caveat] = await about([1, 2, 3])
  expect(caveat).toContain(`: AMD EPYC 9004 (2 phases), ${recordedProcessor()} (those that are trained now). `)
  await trainedOn(1, intel!)
  expect((await about([1, 2]))[0]).toContain(': AMD EPYC 9004 (1 phase), Intel Xeon 8480 (1 phase). ')
})
