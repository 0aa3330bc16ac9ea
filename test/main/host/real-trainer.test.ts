import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import type { DatasetDescription } from '../../../src/shared/data/data.ts'
import type { TrainerJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent, TrainerEventOf } from '../../../src/shared/phases/trainer-events.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import { openHost } from '../../../src/main/host/open/index.ts'
import { startTrainer } from '../../../src/main/execution/trainer-pool/trainer-process.ts'
import { encodePng } from '../../../src/main/trainer/encode-png.ts'
import { startTestTrainer } from '../trainer/support/trainer.ts'
import { smallResnet } from '../../support/networks.ts'
import { temporaryFolder } from './support.ts'
import { compare } from '../../support/ask.ts'

const side = 8

/** 20 images of two classes, dark and bright, one folder a class. */
async function writeImages(): Promise<string> {
  const folder = join(temporaryFolder(), 'images')
  for (const [label, name] of ['bright', 'dark'].entries()) {
    mkdirSync(join(folder, name), { recursive: true })
    for (let image = 0; image < 10; image++) {
      const images = Uint8Array.from(
        { length: side * side * 3 },
        (_, at) => (label === 0 ? 200 : 20) + ((at * image) % 40),
      )
      writeFileSync(
        join(folder, name, `${image}.png`),
        await encodePng({ images, count: 1, height: side, width: side, channels: 3 }, 0),
      )
    }
  }
  return folder
}

const file = experimentFile.parse({
  name: 'tiny',
  data: { source: 'image-folder', path: 'images', imageSize: side, augmentation: 'none' },
  network: { family: 'resnet', blockCounts: [1, 1], widths: [2, 4], exits: [0], head: 'pooled' },
  regimes: ['disjoint', 'joint'],
  training: { epochs: 1, batchSize: 4 },
})

test('the host trains, evaluates, compares and exports with the real trainer', async () => {
  const images = await writeImages()
  const workspace = join(temporaryFolder(), 'workspace')
  const host = await openHost({ workspace })
  onTestFinished(() => host.close())
  const { client } = host
  const input = { file, folder: join(images, '..') }
  expect(await client.data.describe({ experiment: input })).toMatchObject({
    classNames: ['bright', 'dark'],
    available: { train: 16, test: 4 },
  })
  const { runs } = await client.experiments.create(input)
  await host.idle()
  const done = await client.runs.list({})
  expect(done.map(({ name, status, error }) => [name, status, error])).toEqual(
    runs.map(({ name }) => [name, 'done', null]),
  )
  const { rows } = await compare(client, {})
  expect(rows.map(({ regime }) => regime)).toEqual(['disjoint', 'joint'])
  const folder = join(temporaryFolder(), 'exported')
  const { files } = await client.exports.run({ run: runs[1]!.id, folder })
  expect(readdirSync(folder).toSorted()).toEqual(files.toSorted())
})

test('the fake trainer sends the same messages as the real one, in the same order', async () => {
  const dataPath = await writeImages()
  const [real, fake] = await Promise.all(
    [startTestTrainer(), startFakeTrainer()].map(async (trainer) => {
      const found = await told(trainer, { kind: 'describe', data: file.data, dataPath })
      const { dataset } = found.at(-1) as TrainerEventOf<'described'>
      const trained = await told(trainer, trainJob(dataPath, dataset.fingerprint))
      const refused = await told(trainer, trainJob(dataPath, 'other images'))
      await trainer.close()
      return { dataset, trained, refused }
    }),
  )
  expect(withoutValues(fake!.dataset)).toEqual(withoutValues(real!.dataset))
  expect(shapes(fake!.trained)).toEqual(shapes(real!.trained))
  expect(fake!.refused.at(-1)).toMatchObject({ type: 'failed', code: 'data' })
  expect(real!.refused.at(-1)).toMatchObject({ type: 'failed', code: 'data' })
})

function startFakeTrainer() {
  const entry = fileURLToPath(new URL('../../support/fake-trainer/index.ts', import.meta.url))
  return startTrainer({ entry, environment: { FAKE_TRAINER: temporaryFolder() } })
}

function trainJob(dataPath: string, dataset: string): TrainerJob {
  const normalisation = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] }
  const network = smallResnet({
    blockCounts: [1, 1],
    exits: [0],
    inputShape: [side, side, 3],
    classes: 2,
    normalisation,
  })
  return {
    kind: 'train',
    phaseId: 'phase',
    format: 1,
    initial: { kind: 'fresh' },
    network,
    phase: phasesOf('joint', createNetwork(network))[0]!,
    data: file.data,
    training: file.training,
    seed: 1,
    dataPath,
    dataset,
    parent: null,
    checkpointFolder: temporaryFolder(),
    checkpointSeconds: 60,
    dominanceBatches: 0,
  }
}

async function told(trainer: ReturnType<typeof startTestTrainer>, job: TrainerJob): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = []
  const end = await trainer.run(job, (event) => void events.push(event))
  expect(end).toEqual(events.at(-1))
  return events
}

/** How it is normalised and which files it is of follow from pixels, which the fake trainer does not read. */
function withoutValues(found: DatasetDescription) {
  if (found.kind !== 'images') throw new Error('expected images')
  const {
    normalisation: { mean, std },
    fingerprint,
    ...rest
  } = found
  return { ...rest, channels: [mean.length, std.length], fingerprint: fingerprint.length }
}

/** Kinds of events with their keys, without those whose number depends on the time that something takes. */
function shapes(events: readonly TrainerEvent[]) {
  return events
    .filter((event) => !['progress', 'log', 'ready'].includes(event.type))
    .filter((event) => event.type !== 'checkpoint' || event.reason === 'epoch')
    .map((event) => [event.type, Object.keys(event).toSorted()])
}
