import { expect, it } from 'vitest'
import { tensorFlow } from '../../support/tensorflow.ts'
import { tf } from '../../../src/engine/tf.ts'
import type { TrainingSnapshot } from '../../../src/engine/training/phase-state.ts'
import { trainPhase } from '../../../src/engine/training/train-phase.ts'
import type { PhaseEvent, TrainPhaseOptions } from '../../../src/engine/training/phase-options.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import type { EpochDominance } from '../../../src/shared/evaluation/dominance.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { phaseOf, readFixture } from './fixture.ts'

const vit = readFixture('vit')
const dropping = { ...vit.network, dropout: 0.2, attentionDropout: 0.1 } as NetworkSpec
const resnet = readFixture('resnet')
/** Two measurements an epoch: at batches 20 and 60. */
const batchesPerEpoch = 80

interface Training {
  dominance: (EpochDominance | null)[]
  snapshots: TrainingSnapshot[]
}

/** Trains two epochs of a phase and says what was measured and saved. */
async function train(
  [spec, regime, index]: [NetworkSpec, PaperRegime, number],
  rest: Partial<TrainPhaseOptions>,
): Promise<Training> {
  const subject = phaseOf(spec, regime, index)
  const result: Training = { dominance: [], snapshots: [] }
  await trainPhase({
    ...subject,
    training: trainingSpec.parse({ epochs: 2, learningRate: 1e-3 }),
    seed: 7,
    phaseId: 'phase',
    snapshot: startSnapshot(subject, { seed: 7 }),
    trainingBatches: {
      batchesPerEpoch,
      batch: (epoch, index) => resnet.batches[(2 * epoch + index) % resnet.batches.length]!,
    },
    validationBatches: {
      batchCount: 1,
      sampleCount: 6,
      batch: (index) => ({ ...resnet.batches[index]!, targets: Int32Array.from([0, 1, 2, 3, 4, 0]) }),
    },
    dominanceBatches: 'auto',
    now: () => 0,
    checkpointSeconds: 60,
    shouldPause: () => false,
    onEvent: (event: PhaseEvent) => void (event.type === 'epoch' && result.dominance.push(event.dominance)),
    saveCheckpoint: async (snapshot) => void result.snapshots.push(structuredClone(snapshot)),
    ...rest,
  })
  return result
}

/** Asks to pause at the given question and all later ones. */
const pauseAt = (question: number) => {
  let asked = 0
  return () => asked++ >= question
}

const throughJson = ({ progress, ...arrays }: TrainingSnapshot): TrainingSnapshot => ({
  ...arrays,
  progress: JSON.parse(JSON.stringify(progress)),
})

type Subject = Parameters<typeof train>[0]
const joint: Subject = [resnet.network, 'joint', 0]
const alternating: Subject = [dropping, 'alternating', 0]
const straight = new Map<Subject, Promise<Training>>()
/** Without an interruption; trained once. */
function trainedStraight(subject: Subject): Promise<Training> {
  if (!straight.has(subject)) straight.set(subject, train(subject, {}))
  return straight.get(subject)!
}

it.each([
  ['joint training of a resnet', joint],
  ['alternating training of a vit with dropout', alternating],
] as const)('%s ends in the same weights whether it is measured or not', async (_, subject) => {
  const [measured, plain] = [await trainedStraight(subject), await train(subject, { dominanceBatches: 0 })]
  expect(measured.snapshots).toHaveLength(2)
  expect(measured.snapshots.at(-1)).toEqual(plain.snapshots.at(-1))
  expect(plain.dominance).toEqual([null, null])
  expect(measured.dominance).toMatchObject([
    { epoch: 1, batches: 2 },
    { epoch: 2, batches: 2 },
  ])
  for (const epoch of measured.dominance) {
    const values = [...epoch!.exits, ...epoch!.blocks.flat().filter((value) => value !== null)] as number[]
    expect(values.every((value) => value > -1 && value <= 1)).toBe(true)
  }
})

it.each([
  ['between its two measurements', 30, joint],
  ['right before the second', 60, alternating],
  ['right behind the second', 61, joint],
  ['before its validation', 80, alternating],
] as const)('an epoch that is paused %s has the values of one that is not', async (_, question, subject) => {
  const { dominance, snapshots } = await trainedStraight(subject)
  const first = await train(subject, { shouldPause: pauseAt(question) })
  expect(first.dominance).toEqual([])
  const second = await train(subject, { snapshot: throughJson(first.snapshots.at(-1)!) })
  expect(second.dominance).toEqual(dominance)
  expect(second.snapshots.at(-1)).toEqual(snapshots.at(-1))
})

it('a phase resumed from a checkpoint made before measuring gives the mean of the remaining batches', async () => {
  const first = await train(joint, { shouldPause: pauseAt(30), dominanceBatches: 0 })
  const snapshot = first.snapshots.at(-1)!
  expect(snapshot.progress).not.toHaveProperty('dominance')
  const second = await train(joint, { snapshot })
  expect(second.dominance).toMatchObject([{ batches: 1 }, { batches: 2 }])
})

it('holds no more tensors after measuring than before', async () => {
  const before = { handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors }
  await train(joint, {})
  expect({ handles: tensorFlow.liveHandles(), tensors: tf.memory().numTensors }).toEqual(before)
})
