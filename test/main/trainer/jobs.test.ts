import { readFile, rename, rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainerProcess } from '../../../src/main/execution/trainer-pool/trainer-process.ts'
import { stepCosts } from '../../../src/engine/plan.ts'
import { engineRevision } from '../../../src/engine/training/revision.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import type { TrainerEventOf } from '../../../src/shared/phases/trainer-events.ts'
import { describeImages } from '../../datasets/support.ts'
import { evaluateJob } from './support/jobs.ts'
import { startTestTrainer } from './support/trainer.ts'
import type { Trial } from './support/trial.ts'
import { ofType, run, runAlone, startTrial } from './support/trial.ts'

let trial: Trial
let trainer: TrainerProcess
beforeAll(async () => {
  trial = await startTrial(['resnet'])
  trainer = startTestTrainer()
})
afterAll(async () => {
  await trainer.close()
  await trial.end()
})

describe('a training job', () => {
  it('reports its start, each epoch, then the checkpoint of that epoch', async () => {
    const job = trial.job('resnet', 'told')
    const told = await run(trainer, job)
    const types = told.events.map(({ type }) => type).filter((type) => type !== 'progress')
    const epochs = Array.from({ length: 4 }, () => ['epoch', 'checkpoint']).flat()
    expect(types).toEqual(['ready', 'started', ...epochs, 'trained'])
    expect(ofType(told, 'ready')[0]!.device).toMatchObject({ kind: 'cpu', threads: 2 })
    expect(ofType(told, 'started')[0]).toMatchObject({ batchesPerEpoch: 12, epoch: 0, step: 0 })
    expect(ofType(told, 'epoch')[0]!.peakMemoryBytes).toBeGreaterThan(50e6)
    const cosine = expect.any(Number) as number
    expect(ofType(told, 'epoch').map(({ dominance }) => dominance)).toEqual(
      [1, 2, 3, 4].map((epoch) => ({ epoch, batches: 1, exits: [cosine, cosine], blocks: expect.any(Array) as [] })),
    )
    expect(ofType(told, 'checkpoint').map(({ epoch, step }) => [epoch, step])).toEqual(
      [1, 2, 3, 4].map((n) => [n, 12 * n]),
    )
    trial.expectSame(told, job)
  })

  it('records beside its weights the versions that trained them', async () => {
    const { checkpoint } = trial.undisturbed.resnet.trained
    const manifest = JSON.parse(await readFile(`${checkpoint.file}.manifest.json`, 'utf8'))
    expect(manifest.versions).toMatchObject({
      exitlab: expect.stringMatching(/^\d+\.\d+\.\d+/),
      engine: String(engineRevision),
      node: process.version,
      sharp: expect.stringMatching(/^\d+\.\d+\.\d+ \(libvips \d+\./),
      tensorflow: expect.stringMatching(/^2\./),
      threads: '2',
    })
    expect(manifest.earlierVersions).toEqual([])
  })

  it('reports where its steps take fewer images than requested', async () => {
    const job = trial.job('resnet', 'small')
    const told = await run(trainer, { ...job, training: { ...job.training, batchSize: 1000, epochs: 1 } })
    expect(ofType(told, 'log').map(({ level, message }) => [level, message])).toEqual([
      ['warning', 'training.batchSize is 1,000, but each step takes 200 samples: there are 200 training samples.'],
    ])
    expect(ofType(told, 'started')[0]).toMatchObject({ batchesPerEpoch: 1 })
  })

  it('that is done is reported so without being trained again', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const told = await run(trainer, job)
    expect(told.events).toEqual([trained])
  })

  it('names the folder where the images have changed', async () => {
    const job = { ...trial.job('resnet', 'changed'), dataset: 'of other images' }
    const { end } = await run(trainer, job)
    expect(end).toMatchObject({ type: 'failed', code: 'data', message: expect.stringContaining(job.dataPath) })
  })

  it('keeps the data set of the job before', async () => {
    const { dataPath } = trial.job('resnet', 'unused')
    await run(trainer, trial.job('resnet', 'first'))
    await rename(dataPath, `${dataPath}-away`)
    const job = trial.job('resnet', 'second')
    trial.expectSame(await run(trainer, job), job)
    await rename(`${dataPath}-away`, dataPath)
  })

  it('continues when Ctrl-C reaches it, whose meaning the host decides', async () => {
    const job = trial.job('resnet', 'interrupted')
    const told = await run(trainer, job, ({ type }) => {
      if (type === 'started') process.kill(trainer.pid, 'SIGINT')
    })
    trial.expectSame(told, job)
  })
})

describe('an evaluation job', () => {
  it('reports the classes of which a split has no sample', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const data = { ...job.data, limit: { train: null, test: 5 } }
    const { fingerprint, classNames } = await describeImages(data, job.dataPath)
    const evaluation = { ...evaluateJob(job, trained.checkpoint), data, dataset: fingerprint }
    const end = (await run(trainer, evaluation)).end as TrainerEventOf<'evaluated'>
    // Five images of five of ten classes, in equal shares.
    expect(end.metrics.emptyClasses).toEqual({ test: { count: 5, of: 10, names: expect.any(Array) } })
    expect(classNames).toEqual(expect.arrayContaining(end.metrics.emptyClasses!.test!.names))
  })

  it('writes the logits of every exit, and reports their accuracies', async () => {
    const { job, trained, epochs } = trial.undisturbed.resnet
    const evaluation = evaluateJob(job, trained.checkpoint)
    const end = (await run(trainer, evaluation)).end as TrainerEventOf<'evaluated'>
    const { arrays, metadata } = decodeSafetensors(await readFile(end.file))
    const { phaseId: phase, dataset } = job
    expect(metadata).toEqual({ content: 'evaluation', phase, weights: trained.checkpoint.sha256, dataset })
    expect(Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, shape]))).toEqual({
      'validation.logits': [2, 200, 10],
      'validation.labels': [200],
      'validation.indices': [200],
      'test.logits': [2, 60, 10],
      'test.labels': [60],
      'test.indices': [60],
    })
    const kept = epochs[trained.keptEpoch - 1]!.metrics.filter(({ split }) => split === 'validation')
    expect(end.metrics.validation.accuracy).toEqual(kept.map(({ values }) => values.accuracy))
    expect(end.metrics.test.accuracy).toEqual([0, 1].map((exit) => accuracyOf(arrays, exit)))
  })

  it('that is killed while it writes leaves no file, and writes the same when repeated', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const evaluation = evaluateJob(job, trained.checkpoint)
    const { end } = await run(trainer, evaluation)
    const written = await readFile(evaluation.outputFile)
    await rm(evaluation.outputFile)
    const fault = { action: 'kill', point: 'half written', file: 'evaluations', after: 0 } as const
    expect((await runAlone(evaluation, undefined, fault)).end.type).toBe('crashed')
    await expect(readFile(evaluation.outputFile)).rejects.toMatchObject({ code: 'ENOENT' })
    expect((await run(trainer, evaluation)).end).toEqual(end)
    expect((await readFile(evaluation.outputFile)).equals(written)).toBe(true)
  })

  it('ends when it is paused', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const pausing = run(trainer, evaluateJob(job, trained.checkpoint))
    trainer.pause()
    expect((await pausing).end).toEqual({ type: 'paused' })
  })
})

describe('other jobs', () => {
  it('describe a data set without opening TensorFlow', async () => {
    const { data, dataPath, dataset } = trial.job('resnet', 'unused')
    const told = await runAlone({ kind: 'describe', data, dataPath })
    expect(told.events.map(({ type }) => type)).toEqual(['described'])
    expect(told.end).toMatchObject({
      dataset: {
        height: 8,
        channels: 1,
        classes: 10,
        counts: { train: 200, validation: 200, test: 60 },
        fingerprint: dataset,
      },
    })
  })

  it('calibrate phases', async () => {
    const { network, phase, training } = trial.job('resnet', 'unused')
    const phases = [
      { network, phase },
      { network, phase },
    ]
    const { end } = await run(trainer, { kind: 'calibrate', phases, training, seconds: 60 })
    const times = [expect.any(Number), expect.any(Number)]
    expect(end).toMatchObject({ type: 'calibrated', secondsPerStep: times, secondsToStart: times })
  })

  it('calibrate only the first phase where there is no time, and use it for the others', async () => {
    const { network, phase, training } = trial.job('resnet', 'unused')
    const phases = [1, 2, 3].map(() => ({ network, phase }))
    const { end } = await run(trainer, { kind: 'calibrate', phases, training, seconds: 0 })
    const { secondsPerStep, secondsToStart, extrapolated } = end as Extract<typeof end, { type: 'calibrated' }>
    expect(extrapolated).toBe(true)
    expect(secondsPerStep).toEqual([1, 2, 3].map(() => expect.closeTo(secondsPerStep[0]!, 12)))
    expect(secondsToStart).toEqual([1, 2, 3].map(() => secondsToStart[0]))
  })

  it('calibrate the phase with the longest steps first, and others in proportion to the multiply-adds of theirs', async () => {
    const { network, phase, training } = trial.job('resnet', 'unused')
    const heads = { ...phase, trains: phase.trains.filter((group) => group.startsWith('heads.')) }
    const phases = [
      { network, phase: heads },
      { network, phase },
    ]
    const { end } = await run(trainer, { kind: 'calibrate', phases, training, seconds: 0 })
    const { secondsPerStep } = end as Extract<typeof end, { type: 'calibrated' }>
    const [fewer, all] = [stepCosts(network, heads)[0]!, stepCosts(network, phase)[0]!]
    expect(fewer).toBeLessThan(all)
    expect(secondsPerStep[0]! / secondsPerStep[1]!).toBeCloseTo(fewer / all, 9)
  })
})

type Arrays = ReturnType<typeof decodeSafetensors>['arrays']

function accuracyOf(arrays: Arrays, exit: number): number {
  const [logits, labels] = [arrays['test.logits']!.values, arrays['test.labels']!.values]
  const right = Array.from(labels, (label, sample) => {
    const row = logits.subarray((exit * labels.length + sample) * 10, (exit * labels.length + sample + 1) * 10)
    return row.every((logit) => logit <= row[label]!)
  })
  return right.filter(Boolean).length / labels.length
}
