import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { datasets } from '../src/datasets/index.ts'
import { stream } from '../src/engine/random.ts'
import { brightness } from './main/extensions/brightness-dataset.ts'
import { sourceOf } from './support/outputs-source.ts'
import { tensorFlow } from './support/tensorflow.ts'

datasets.register('brightness', brightness)

// What knows the registries is loaded once everything is registered.
const { planExperiment } = await import('../src/engine/plan.ts')
const { summariseEvaluation } = await import('../src/engine/evaluation/evaluation-summary.ts')
const { createDatasetCache } = await import('../src/main/trainer/data/dataset-cache.ts')
const { perform } = await import('../src/main/trainer/jobs/index.ts')
const { experimentFile } = await import('../src/contract/experiment/experiment.ts')
const { decodeSafetensors } = await import('../src/shared/safetensors/safetensors.ts')
type TrainerJob = Parameters<typeof perform>[0]
type TrainerEvent = Awaited<ReturnType<typeof perform>>

const file = experimentFile.parse({
  name: 'regression',
  data: { source: 'brightness', validation: { fraction: 0.25 } },
  network: { family: 'resnet', blockCounts: [1, 1], widths: [4, 6], exits: [0] },
  regimes: ['joint'],
  training: { epochs: 12, batchSize: 15, learningRate: 2e-2, earlyStopping: { patience: null } },
})

/** Noise around a brightness of its own, four times which is the value of an image. */
function records(count: number, spoilt?: number): Uint8Array {
  const random = stream(1, 'brightness', count)
  const bytes = new Uint8Array(count * 68)
  const view = new DataView(bytes.buffer)
  for (let image = 0; image < count; image++) {
    const mean = random.uniform()
    view.setFloat32(image * 68, image === spoilt ? NaN : 4 * mean, true)
    for (let pixel = 0; pixel < 64; pixel++) bytes[image * 68 + 4 + pixel] = 200 * mean + random.integer(56)
  }
  return bytes
}

const events: TrainerEvent[] = []
const context = {
  channel: {
    send: (event: TrainerEvent) => void events.push(event),
    log: () => {},
    sendEpoch: async (event: TrainerEvent) => void events.push(event),
    onCommand: () => {},
  },
  tensorFlow: () => tensorFlow,
  datasets: createDatasetCache(() => {}),
  shouldPause: () => false,
}
async function done<Type extends TrainerEvent['type']>(job: TrainerJob, type: Type) {
  const end = await perform(job, context)
  expect(end.type).toBe(type)
  return end as Extract<TrainerEvent, { type: Type }>
}

async function written(spoilt?: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'exitlab-extensions-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'train.brightness'), records(80, spoilt))
  await writeFile(join(folder, 'test.brightness'), records(40))
  return folder
}

it('a data set of values is described, trained on and evaluated by the trainer, its targets written beside the predictions', async () => {
  const folder = await written()
  const { data } = file
  const { dataset } = await done({ kind: 'describe', data, dataPath: folder }, 'described')
  expect(dataset).toMatchObject({ task: 'regression', classes: 1, counts: { train: 60, validation: 20, test: 40 } })
  const samples = { kind: 'images' as const, ...brightness.images!, pad: 0, normalisation: { mean: [0.5], std: [0.3] } }
  const plan = planExperiment({ samples, ...file })
  const [{ phase, network }] = plan.regimes[0]!.phases as [(typeof plan.regimes)[0]['phases'][0]]
  expect(network).toMatchObject({ task: 'regression', classes: 1 })

  const place = { data, network, dataPath: folder, dataset: dataset.fingerprint }
  const training = {
    ...({ kind: 'train', format: 1, phaseId: 'values', phase, training: file.training, ...place, seed: 1 } as const),
    ...({ initial: { kind: 'fresh' }, parent: null } as const),
    checkpointFolder: join(folder, 'values'),
    checkpointSeconds: 60,
    dominanceBatches: 1,
  }
  const { checkpoint } = await done(training, 'trained')
  const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event] : []))
  const last = epochs.at(-1)!.metrics
  expect(last.map(({ exit, split, values }) => [exit, split, ...Object.keys(values)])).toEqual([
    [0, 'train', 'mse'],
    [1, 'train', 'mse'],
    [0, 'validation', 'mse', 'pearson', 'spearman'],
    [1, 'validation', 'mse', 'pearson', 'spearman'],
  ])
  expect(epochs[0]!.improved).toBe(true)

  const outputFile = join(folder, 'evaluation.safetensors')
  const evaluation = {
    kind: 'evaluate',
    ...place,
    checkpoint: { ...checkpoint, phaseId: 'values' },
    outputFile,
  } as const
  const { metrics } = await done(evaluation, 'evaluated')
  const { arrays } = decodeSafetensors(await readFile(outputFile))
  const [logits, targets] = [arrays['test.logits']!, arrays['test.targets']!]
  expect([logits.shape, targets.shape, arrays['test.labels']]).toEqual([[2, 40, 1], [40], undefined])
  const errors = Array.from(
    targets.values,
    (value, sample) => (Number(logits.values[40 + sample]) - Number(value)) ** 2,
  )
  expect(metrics.test.mse![1]).toBeCloseTo(errors.reduce((sum, each) => sum + each) / 40, 10)
  // The variance of uniform values from 0 to 4 is 4/3: a constant prediction does no better.
  expect(metrics.test.mse![1]).toBeLessThan(4 / 3 / 4)
  expect(metrics.test.spearman![1]).toBeGreaterThan(0.9)

  const outputs = { exitCount: 2, sampleCount: 40, classCount: 1, logits: logits.values as Float32Array, targets: targets.values as Float32Array } // prettier-ignore
  const run = {
    id: 'a',
    experiment: 'e',
    regime: 'joint' as const,
    series: 'joint',
    seed: 1,
    task: 'regression' as const,
  }
  const costs = { exitCosts: plan.costs.exits.map(({ macs }) => macs), exitBlocks: [0, null], backboneCost: 1 }
  const splits = { validation: sourceOf(outputs), test: sourceOf(outputs) }
  const { curve } = (await summariseEvaluation({ ...run, ...costs, ...splits }, 'static')).test
  expect([...curve.values]).toEqual(metrics.test.mse!.map((mse) => expect.closeTo(mse!, 10) as number))
})

it('a value that is no number is refused', async () => {
  const job = { kind: 'describe', data: file.data, dataPath: await written(7) } as const
  await expect(perform(job, context)).rejects.toThrow('the value of train sample 7 is NaN; expected a finite number')
})
