import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import extension from '../examples/extensions/dataset.ts'
import type { ImageDataset } from '../src/datasets/dataset.ts'
import { datasets } from '../src/datasets/index.ts'
import { weightings } from '../src/engine/objectives/index.ts'
import { stream } from '../src/engine/random.ts'
import { depth } from './main/extensions/depth-weighting.ts'
import { tensorFlow } from './support/tensorflow.ts'

weightings.register('depth', depth)
const stripes = extension.datasets!['three-stripes'] as ImageDataset
datasets.register('stripes', stripes)

// What knows the registries is loaded once everything is registered.
const { createNetwork } = await import('../src/engine/networks/index.ts')
const { exitWeightsOf } = await import('../src/engine/objectives/exit-weights.ts')
const { planExperiment } = await import('../src/engine/plan.ts')
const { trainPhase } = await import('../src/engine/training/train-phase.ts')
const { startSnapshot } = await import('../src/engine/training/phase-start.ts')
const { dataFolders } = await import('../src/main/host/data/data-folders.ts')
const { contradictions } = await import('../src/main/host/experiments/file/contradictions.ts')
const { createDatasetCache } = await import('../src/main/trainer/data/dataset-cache.ts')
const { perform } = await import('../src/main/trainer/jobs/index.ts')
const { experimentSchema } = await import('../src/main/host/experiments/file/schema.ts')
const { experimentFile } = await import('../src/contract/experiment/experiment.ts')
const { decodeSafetensors } = await import('../src/shared/safetensors/safetensors.ts')
const { readFile } = await import('node:fs/promises')
type TrainerJob = Parameters<typeof perform>[0]
type TrainerEvent = Awaited<ReturnType<typeof perform>>

/** An experiment as its author would write it. */
const written = {
  name: 'extension',
  data: { source: 'stripes', validation: { fraction: 0.25 } },
  network: { family: 'resnet', blockCounts: [1, 1], widths: [4, 6], exits: [0] },
  regimes: ['joint', 'mixed'],
  training: { epochs: 3, batchSize: 12, learningRate: 1e-2 },
  objective: { weighting: 'depth', parameters: { last: 5 } },
}
const file = experimentFile.parse(written)
const samples = { kind: 'images' as const, ...stripes.images!, pad: 0, normalisation: { mean: [0.3], std: [0.2] } }
const plan = planExperiment({ samples, ...file })
const [joint, mixed] = plan.regimes.map(({ phases }) => phases)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exitlab-extensions-'))
  await writeFile(join(folder, 'train.bin'), records(60))
  await writeFile(join(folder, 'test.bin'), records(24))
})
afterAll(() => rm(folder, { recursive: true }))

/** A label, then 8 × 8 pixels: noise, and brighter columns that tell the class. */
function records(count: number): Uint8Array {
  const random = stream(1, 'stripes', count)
  return Uint8Array.from({ length: count * 65 }, (_, at) => {
    const label = Math.floor(at / 65) % 3
    const pixel = (at % 65) - 1
    if (pixel < 0) return label
    return random.integer(100) + (Math.floor((pixel % 8) / 3) === label ? 150 : 0)
  })
}

describe('a weighting that is written outside of src/', () => {
  it('is a choice of experiment files, its parameters resolved', () => {
    expect(file.objective).toEqual({ weighting: 'depth', parameters: { last: 5, rampEpochs: 2 } })
    const misspelt = { ...written, objective: { weighting: 'depth', parameters: { lasst: 5 } } }
    expect(experimentFile.safeParse(misspelt).error!.issues.map(({ path }) => path)).toEqual([
      ['objective', 'parameters'],
    ])
  })

  it('is noted in the phases that it changes, and in no other', () => {
    expect(joint!.map(({ phase }) => phase.objective)).toEqual([file.objective])
    expect(mixed!.map(({ phase }) => phase.objective)).toEqual([undefined, file.objective])
  })

  it('weights the losses epoch by epoch', () => {
    const { phase, network } = joint![0]!
    const weightsOf = exitWeightsOf({ phase, network: createNetwork(network) })
    const [first, second, third] = [1, 2, 3].map((epoch) => weightsOf(0, epoch))
    expect(first![1]! / first![0]!).toBeLessThan(second![1]! / second![0]!)
    expect(third).toEqual(second)
    expect(second!.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12)
  })
})

describe('an experiment on a data set that is written outside of src/, with that weighting', () => {
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
  const done = async <Type extends TrainerEvent['type']>(job: TrainerJob, type: Type) => {
    const end = await perform(job, context)
    expect(end.type).toBe(type)
    return end as Extract<TrainerEvent, { type: Type }>
  }
  const { data } = file
  const { phase, network } = joint![0]!

  async function common() {
    const { dataset } = await done({ kind: 'describe', data, dataPath: folder }, 'described')
    return { data, network, dataPath: folder, dataset: dataset.fingerprint }
  }

  async function trained(name: string, changed: object = {}) {
    const place = await common()
    const job = {
      ...({
        kind: 'train',
        format: 1,
        phaseId: name,
        phase: { ...phase, ...changed },
        training: file.training,
      } as const),
      ...({ ...place, seed: 1, initial: { kind: 'fresh' }, parent: null } as const),
      checkpointFolder: join(folder, name),
      checkpointSeconds: 60,
      dominanceBatches: 1,
    }
    const { checkpoint } = await done(job, 'trained')
    return { place, job, checkpoint, weights: decodeSafetensors(await readFile(checkpoint.file)).arrays }
  }

  it('is offered by its title', () => {
    const { enum: names, enumDescriptions } = experimentSchema.properties!.data!.properties!.source!
    expect([names!.at(-1), (enumDescriptions as string[]).at(-1)]).toEqual(['stripes', 'Stripes'])
  })

  it('knows its images before its files are there, how they are augmented, and which keys it takes', () => {
    expect(plan.network).toMatchObject({ inputShape: [8, 8, 1], classes: 3 })
    expect(file.data.augmentation).toBe('none')
    expect(contradictions({ data: { source: 'stripes', testFraction: 0.5 } }).map(({ path }) => path)).toEqual([
      ['data', 'testFraction'],
    ])
  })

  it('is looked for in its folder', async () => {
    const found = async (place: string) =>
      (await dataFolders({ dataFolders: { stripes: place } }, {})).find(({ source }) => source === 'stripes')
    expect(await found(folder)).toMatchObject({ title: 'Stripes', found: true, remedy: null })
    expect(await found(join(folder, 'none'))).toMatchObject({
      found: false,
      remedy: expect.stringContaining('Put the files train.bin and test.bin into') as string,
    })
  })

  it('is trained, evaluated and analysed by the trainer', async () => {
    const { place, job, checkpoint, weights } = await trained('weighted')
    const uniform = await trained('uniform', { objective: undefined })
    expect(weights['stem.conv.weight']).not.toEqual(uniform.weights['stem.conv.weight'])
    const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event] : []))
    expect(epochs[0]!.dominance!.exits).not.toEqual(epochs[3]!.dominance!.exits)
    const outputFile = join(folder, 'evaluation.safetensors')
    const evaluation = {
      kind: 'evaluate',
      ...place,
      checkpoint: { ...checkpoint, phaseId: 'weighted' },
      outputFile,
    } as const
    const { metrics } = await done(evaluation, 'evaluated')
    expect(metrics.test.accuracy).toHaveLength(2)
    expect(metrics.test.accuracy!.at(-1)).toBeGreaterThan(0.5)
    const run = { checkpoint, network, phase, training: file.training, seed: 1, phaseId: 'weighted', epochs: 3 }
    const analysis = {
      ...({ kind: 'analyse', analysis: 'gradient-dominance', parameters: { batches: 2, epoch: null } } as const),
      runs: [run],
      data: job.data,
      dataPath: folder,
      dataset: place.dataset,
      folder: join(folder, 'analysis'),
    }
    expect((await done(analysis, 'analysed')).parts).toBe(2)
  })

  it('is traced once for all epochs, whatever their weights', async () => {
    const whole = createNetwork(network)
    let passes = 0
    const counted: typeof whole = { ...whole, forward: (...all) => (passes++, whole.forward(...all)) }
    const { train, validation } = await context.datasets.load({
      data,
      dataPath: folder,
      dataset: (await common()).dataset,
    })
    const { evaluationBatches, trainingBatches } = await import('../src/main/trainer/batches.ts')
    await trainPhase({
      network: counted,
      phase,
      training: file.training,
      seed: 1,
      phaseId: 'counted',
      dominanceBatches: 0,
      snapshot: startSnapshot({ network: counted, phase }, { seed: 1 }),
      trainingBatches: trainingBatches(train, { network, data, training: file.training, seed: 1, phaseId: 'counted' }),
      validationBatches: evaluationBatches(validation, network),
      now: () => 0,
      checkpointSeconds: 60,
      shouldPause: () => false,
      onEvent: () => {},
      saveCheckpoint: async () => {},
    })
    expect(passes).toBe(2)
  })
})
