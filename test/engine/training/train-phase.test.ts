import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { pixelsOf } from '../../support/batches.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import type { EvaluationBatches, TrainingBatches } from '../../../src/engine/training/batch.ts'
import type { TrainingSnapshot } from '../../../src/engine/training/phase-state.ts'
import { trainPhase } from '../../../src/engine/training/train-phase.ts'
import type { CheckpointDetails, PhaseEvent, TrainPhaseOptions } from '../../../src/engine/training/phase-options.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { openRuntime } from '../../../src/engine/tensorflow/runtime.ts'
import { tf } from '../../../src/engine/tf.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { phaseOf, readFixture } from './fixture.ts'

const resnet = readFixture('resnet')
const vit = readFixture('vit')
const batchesPerEpoch = 3

const trainingBatches: TrainingBatches = {
  batchesPerEpoch,
  batch: (epoch, index) => resnet.batches[(2 * epoch + index) % resnet.batches.length]!,
}
const validationBatches: EvaluationBatches = {
  batchCount: 2,
  sampleCount: 12,
  batch: (index) => ({ ...resnet.batches[index]!, targets: Int32Array.from([0, 1, 2, 3, 4, 0]) }),
}

interface Recording {
  options: TrainPhaseOptions
  events: PhaseEvent[]
  checkpoints: ({ snapshot: TrainingSnapshot } & CheckpointDetails)[]
}

/** Options to train a regime's phase on the fixture's images, and what they will record. */
function record(
  [spec, regime, index]: [NetworkSpec, PaperRegime, number],
  training: object,
  rest: Partial<TrainPhaseOptions> = {},
): Recording {
  const events: PhaseEvent[] = []
  const checkpoints: Recording['checkpoints'] = []
  const subject = phaseOf(spec, regime, index)
  const options: TrainPhaseOptions = {
    ...subject,
    training: trainingSpec.parse({ epochs: 2, learningRate: 1e-2, ...training }),
    seed: 7,
    phaseId: 'phase',
    snapshot: startSnapshot(subject, { seed: 7 }),
    trainingBatches,
    validationBatches,
    dominanceBatches: 0,
    now: () => 0,
    checkpointSeconds: 60,
    shouldPause: () => false,
    onEvent: (event) => void events.push(event),
    saveCheckpoint: async (snapshot, details) => void checkpoints.push({ snapshot, ...details }),
    ...rest,
  }
  return { options, events, checkpoints }
}

/** Asks to pause at the given question and all later ones. */
const pauseAt = (question: number) => {
  let asked = 0
  return () => asked++ >= question
}

function hash({ model, moments, progress }: TrainingSnapshot): string {
  const digest = createHash('sha256').update(JSON.stringify(progress))
  for (const arrays of [model, moments]) {
    for (const [name, { shape, values }] of Object.entries(arrays))
      digest.update(name).update(shape.join()).update(values)
  }
  return digest.digest('hex')
}

const throughJson = ({ progress, ...arrays }: TrainingSnapshot): TrainingSnapshot => ({
  ...arrays,
  progress: JSON.parse(JSON.stringify(progress)),
})

describe('a paused phase', () => {
  const dropping = { ...vit.network, dropout: 0.2, attentionDropout: 0.1 } as NetworkSpec
  const cases: [string, Parameters<typeof record>[0], object][] = [
    ['joint training of a resnet', [resnet.network, 'joint', 0], {}],
    ['alternating training of a vit with dropout', [dropping, 'alternating', 0], {}],
    ['the heads of disjoint training', [resnet.network, 'disjoint', 1], {}],
    ['joint training of a resnet in bfloat16', [resnet.network, 'joint', 0], { precision: 'bfloat16' }],
    ['alternating training by SGD', [resnet.network, 'alternating', 0], { optimiser: 'sgd', nesterov: true }],
  ]
  // Questions 0–2 come before the epoch's steps, 3 and 4 before the batches of its validation, 5 begins the second epoch.
  it.each(cases.flatMap(([title, ...rest]) => [1, 2, 4, 6].map((question) => [title, question, ...rest] as const)))(
    'of %s goes on bit-identically from question %i',
    async (_, question, subject, training) => {
      const straight = record(subject, training)
      await trainPhase(straight.options)
      const first = record(subject, training, { shouldPause: pauseAt(question) })
      expect(await trainPhase(first.options)).toEqual({ ended: 'paused' })
      expect(first.checkpoints.at(-1)!.reason).toBe('pause')
      const snapshot = throughJson(first.checkpoints.at(-1)!.snapshot)
      const second = record(subject, training, { snapshot })
      await trainPhase(second.options)
      expect(hash(second.checkpoints.at(-1)!.snapshot)).toBe(hash(straight.checkpoints.at(-1)!.snapshot))
      const epochs = ({ events }: Recording) => events.filter(({ type }) => type === 'epoch')
      expect([...epochs(first), ...epochs(second)]).toEqual(epochs(straight))
    },
  )

  it('saves where it stopped, in the middle of an epoch', async () => {
    const { options, checkpoints } = record(cases[0]![1], {}, { shouldPause: pauseAt(2) })
    await trainPhase(options)
    expect(checkpoints.map(({ snapshot: { progress } }) => [progress.epoch, progress.batch, progress.step])).toEqual([
      [0, 2, 2],
    ])
    expect(checkpoints[0]!.snapshot.progress.running.samples).toEqual([12, 12, 12])
  })

  it.each([2, 4])('reports the time and the pace of whole epochs, paused at question %i', async (question) => {
    /** 100 ms a batch made; the pause itself lasts an hour. */
    let time = 0
    const now = () => time
    const timed: TrainingBatches = {
      batchesPerEpoch,
      batch(epoch, index) {
        time += 100
        return trainingBatches.batch(epoch, index)
      },
    }
    const validated: EvaluationBatches = {
      batchCount: 2,
      sampleCount: 12,
      batch(index) {
        time += 50
        return validationBatches.batch(index)
      },
    }
    const rest = { now, trainingBatches: timed, validationBatches: validated }
    const first = record(cases[0]![1], { epochs: 1 }, { ...rest, shouldPause: pauseAt(question) })
    await trainPhase(first.options)
    time += 3_600_000
    const snapshot = throughJson(first.checkpoints.at(-1)!.snapshot)
    const second = record(cases[0]![1], { epochs: 1 }, { ...rest, snapshot })
    await trainPhase(second.options)
    const made = batchesPerEpoch + (question < batchesPerEpoch ? 1 : 0)
    expect(second.events.at(-1)).toMatchObject({
      type: 'epoch',
      imagesPerSecond: expect.closeTo((batchesPerEpoch * 6) / (made * 0.1), 9),
      seconds: expect.closeTo(made * 0.1 + 2 * 0.05, 9),
    })
  })

  it('saves nothing where nothing was trained', async () => {
    const { options, checkpoints } = record(cases[0]![1], {}, { shouldPause: () => true })
    expect(await trainPhase(options)).toEqual({ ended: 'paused' })
    expect(checkpoints).toEqual([])
  })

  it('of the alternating regime sums only the steps in which an exit ran', async () => {
    const { options, checkpoints } = record([resnet.network, 'alternating', 0], {}, { shouldPause: pauseAt(3) })
    await trainPhase(options)
    expect(checkpoints[0]!.snapshot.progress.running.samples).toEqual([6, 6, 18])
  })
})

describe('a whole phase', () => {
  const joint: Parameters<typeof record>[0] = [resnet.network, 'joint', 0]

  it('ends at the epoch cap with a checkpoint of each epoch', async () => {
    const { options, events, checkpoints } = record(joint, { epochs: 2 })
    expect(await trainPhase(options)).toMatchObject({ ended: 'epoch-cap', epochs: 2 })
    expect(checkpoints.map(({ reason, snapshot }) => [reason, snapshot.progress.epoch])).toEqual([
      ['epoch', 1],
      ['epoch', 2],
    ])
    expect(events.map(({ type }) => type)).toEqual(['started', 'epoch', 'epoch'])
    expect(events[0]).toMatchObject({ batchesPerEpoch, parameterCount: 2365, epoch: 0, step: 0 })
    expect(events[1]).toMatchObject({ epoch: 1, learningRate: expect.any(Number), epochsWithoutImprovement: 0 })
  })

  it('stops early and keeps the epoch that improved last', async () => {
    const still = { epochs: 9, learningRate: 1e-20, earlyStopping: { patience: 2, metric: 'accuracy' } }
    const transformer: Parameters<typeof record>[0] = [vit.network, 'joint', 0]
    const { options, checkpoints } = record(transformer, still)
    expect(await trainPhase(options)).toEqual({ ended: 'early-stopping', epochs: 3, keptEpoch: 1 })
    expect(checkpoints.map(({ improved }) => improved)).toEqual([true, false, false])
    const last = record(transformer, { ...still, keep: 'last-epoch' })
    expect(await trainPhase(last.options)).toEqual({ ended: 'early-stopping', epochs: 3, keptEpoch: 3 })
  })

  it('ends at once when it resumes from its last checkpoint', async () => {
    const { options, checkpoints } = record(joint, {})
    const outcome = await trainPhase(options)
    const again = record(joint, {}, { snapshot: checkpoints.at(-1)!.snapshot })
    expect(await trainPhase(again.options)).toEqual(outcome)
    expect(again.checkpoints).toEqual([])
  })

  it('reports the mean losses of the epoch’s batches, and of the validation images', async () => {
    const { options, events } = record(joint, { epochs: 1, learningRate: 1e-20, keep: 'last-epoch' })
    const alike: TrainingBatches = { batchesPerEpoch: 3, batch: () => resnet.batches[0]! }
    const snapshot = startSnapshot(options, { seed: 7, weights: { arrays: resnet.start, fresh: [] } })
    await trainPhase({ ...options, snapshot, trainingBatches: alike })
    const epoch = events.at(-1) as Extract<PhaseEvent, { type: 'epoch' }>
    const losses = epoch.metrics.filter(({ split }) => split === 'train').map(({ values }) => values.loss)
    expect(losses).toEqual(resnet.curves['joint/0']!.float64[0]!.map((loss) => expect.closeTo(loss!, 5)))
    const accuracies = epoch.metrics
      .filter(({ split }) => split === 'validation')
      .map(({ values }) => values.accuracy! * 12)
    expect(accuracies.every((count) => Math.abs(count - Math.round(count)) < 1e-9)).toBe(true)
  })

  it('reports training metrics only of exits that ran in the epoch', async () => {
    const alternating = record([resnet.network, 'alternating', 0], { epochs: 2 })
    const one: TrainingBatches = { ...trainingBatches, batchesPerEpoch: 1 }
    await trainPhase({ ...alternating.options, trainingBatches: one })
    const epochs = alternating.events.filter((event) => event.type === 'epoch')
    const exitsOf = (split: string) =>
      epochs.map(({ metrics }) => metrics.filter((each) => each.split === split).map(({ exit }) => exit))
    expect(exitsOf('train')).toEqual([[2], [0, 1, 2]])
    expect(exitsOf('validation')).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ])
    const values = epochs.flatMap(({ metrics }) =>
      metrics.flatMap(({ values: { loss, accuracy } }) => [loss, accuracy]),
    )
    expect(values.every(Number.isFinite)).toBe(true)
  })

  it('makes every batch once, in order', async () => {
    const made: string[] = []
    const counting: TrainingBatches = {
      batchesPerEpoch,
      batch(epoch, index) {
        made.push(`${epoch}.${index}`)
        return trainingBatches.batch(epoch, index)
      },
    }
    await trainPhase(record(joint, {}, { trainingBatches: counting }).options)
    expect(made).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2'])
  })

  it('saves at time intervals and reports its progress once a second', async () => {
    let time = 0
    const { options, events, checkpoints } = record(joint, { epochs: 1 }, { now: () => (time += 600) })
    await trainPhase({ ...options, checkpointSeconds: 2 })
    expect(checkpoints.map(({ reason }) => reason)).toContain('time')
    const progress = events.filter((event) => event.type === 'progress')
    expect(progress.length).toBeGreaterThan(0)
    expect(progress[0]).toMatchObject({
      epoch: 1,
      batchesPerEpoch,
      imagesPerEpoch: 18,
      losses: [expect.any(Number), expect.any(Number), expect.any(Number)],
    })
  })

  it('holds no more tensors after many epochs than after one, and none at the end', async () => {
    const before = { handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors }
    const counts: { handles: number; tensors: number }[] = []
    const { options } = record([resnet.network, 'alternating', 0], { epochs: 4 })
    const onEvent = () => void counts.push({ handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors })
    await trainPhase({ ...options, onEvent })
    expect(counts).toHaveLength(5)
    expect(new Set(counts.map(({ handles }) => handles)).size).toBe(1)
    expect(new Set(counts.map(({ tensors }) => tensors)).size).toBe(1)
    expect({ handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors }).toEqual(before)
  })

  it('leaves no compiled step behind', async () => {
    const { api } = openRuntime()
    const [added, removed] = [vi.spyOn(api, 'TFE_ContextAddFunction'), vi.spyOn(api, 'TFE_ContextRemoveFunction')]
    onTestFinished(() => void vi.restoreAllMocks())
    await trainPhase(record([resnet.network, 'alternating', 0], { epochs: 1 }).options)
    expect(added.mock.calls.length).toBeGreaterThan(0)
    expect(removed.mock.calls).toHaveLength(added.mock.calls.length)
  })
})

describe('a phase that goes wrong', () => {
  const joint: Parameters<typeof record>[0] = [resnet.network, 'joint', 0]

  it('names phase, epoch and batch where the loss is not finite, and saves nothing', async () => {
    const broken: TrainingBatches = {
      batchesPerEpoch,
      batch: (epoch, index) => {
        const batch = resnet.batches[index]!
        const images = { ...batch.inputs.images!, values: pixelsOf(batch).map(() => NaN) }
        return epoch === 1 ? { ...batch, inputs: { images } } : batch
      },
    }
    const { options, checkpoints } = record(joint, {}, { trainingBatches: broken })
    await expect(trainPhase(options)).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        /^phase “all exits”, epoch 2, batch 3 of 3: the training loss of exit 0 is not a finite number/,
      ) as string,
    })
    expect(checkpoints).toHaveLength(1)
  })

  it('finishes the running step before it fails on the next batch', async () => {
    const before = tensorFlow.liveHandles()
    const failing: TrainingBatches = {
      batchesPerEpoch,
      batch(epoch, index) {
        if (index === 1) throw new Error('unreadable')
        return trainingBatches.batch(epoch, index)
      },
    }
    await expect(trainPhase(record(joint, {}, { trainingBatches: failing }).options)).rejects.toThrow('unreadable')
    expect(tensorFlow.liveHandles()).toBe(before)
  })

  it('refuses a checkpoint without one of the moments', async () => {
    const { options, checkpoints } = record(joint, {}, { shouldPause: pauseAt(2) })
    await trainPhase(options)
    const { snapshot } = checkpoints.at(-1)!
    const lost = Object.fromEntries(
      Object.entries(snapshot.moments).filter(([name]) => name !== 'classifier.bias.exp_avg_sq'),
    )
    await expect(trainPhase({ ...options, snapshot: { ...snapshot, moments: lost } })).rejects.toMatchObject({
      code: 'checkpoint-damaged',
      message: expect.stringMatching(/no array classifier\.bias\.exp_avg_sq.* after 2 steps/),
    })
  })

  it('refuses weights of another network', async () => {
    const { options } = record(joint, {})
    const { model } = options.snapshot
    const missing = Object.fromEntries(Object.entries(model).filter(([name]) => name !== 'heads.0.mix'))
    const misshapen = { ...model, 'classifier.bias': { shape: [4], values: new Float32Array(4) } }
    const withModel = (model: TrainingSnapshot['model']) => ({ ...options, snapshot: { ...options.snapshot, model } })
    await expect(trainPhase(withModel(missing))).rejects.toThrow(/no array heads\.0\.mix/)
    await expect(trainPhase(withModel(misshapen))).rejects.toThrow(/classifier\.bias: expected shape \[5\], got \[4\]/)
  })
})
