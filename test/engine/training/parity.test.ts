import { afterEach, describe, expect, it } from 'vitest'
import '../../support/tensorflow.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { taskOf } from '../../../src/engine/tasks/index.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import { clearSums, readSums } from '../../../src/engine/training/epoch-sums.ts'
import { createEvaluation } from '../../../src/engine/training/evaluate.ts'
import { learningRateAt } from '../../../src/engine/training/learning-rate.ts'
import { createTrainingStep } from '../../../src/engine/training/step.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { captureSnapshot, createModelState, createTrainingState } from '../../../src/engine/training/phase-state.ts'
import { paperRegimes } from '../../../src/shared/phases/phase.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'
import type { TrainingSpec } from '../../../src/shared/experiment/training.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { phaseOf, readFixture, some } from './fixture.ts'

const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 }
/** The options of make.py; one batch an epoch, so that a cycle of 2 epochs is one of 2 steps. */
const variants = {
  one: { steps: 1, training: trainingSpec.parse({ ...adam, schedule: { kind: 'constant' }, clipNorm: null }) },
  three: {
    steps: 3,
    training: trainingSpec.parse({
      ...adam,
      weightDecay: 0.05,
      clipNorm: 0.1,
      schedule: { kind: 'cosine-warm-restarts', cycleEpochs: 2, minimumLearningRate: 1e-3 },
    }),
  },
}
const owned: { dispose(): void }[] = []
const own = <T extends { dispose(): void }>(made: T): T => (owned.push(made), made)
afterEach(() => owned.splice(0).forEach((each) => each.dispose()))

describe.each(['resnet', 'vit', 'msdnet'] as const)('%s', (name) => {
  const fixture = readFixture(name)
  const whole = createNetwork(fixture.network)
  const cases = paperRegimes.flatMap((regime) => phasesOf(regime, whole).map((_, index) => [regime, index] as const))

  /** Trains a phase from the fixture's weights and calls `afterStep` between steps. */
  async function train(
    regime: PaperRegime,
    index: number,
    { steps, training }: { steps: number; training: TrainingSpec },
  ) {
    const subject = { ...phaseOf(fixture.network, regime, index), training }
    const snapshot = startSnapshot(subject, { seed: 1, weights: { arrays: fixture.start, fresh: [] } })
    const state = own(createTrainingState(subject, snapshot))
    const trainingStep = own(createTrainingStep(subject))
    const losses: number[][] = []
    for (let step = 0; step < steps; step++) {
      clearSums(state)
      const batch = fixture.batches[step % fixture.batches.length]!
      const learningRate = learningRateAt(training, step, 1)
      await trainingStep.run({ state, step, epoch: 1, batch, learningRate, dropoutSeed: [1, 2] })
      losses.push((await readSums(taskOf(fixture.network), state)).lossSums!.map((sum) => sum / batch.size))
    }
    const { model } = await captureSnapshot(subject, { state, progress: snapshot.progress })
    return { ...subject, model, losses }
  }

  // Three steps with decay say all that one says; a network of more parts takes longer to trace.
  describe.each(name === 'msdnet' ? (['three'] as const) : (['one', 'three'] as const))(
    'after the steps of variant %s',
    (variant) => {
      it.each(cases)('%s, phase %i: every parameter and buffer is PyTorch’s', async (regime, index) => {
        const { network, model } = await train(regime, index, variants[variant])
        const expected = fixture.result(`${variant}/${regime}/${index}`, network)
        for (const { name: array } of network.parameters) {
          const [ours, before] = [model, fixture.start].map((arrays) => some(arrays[array]!.values)) as [
            Float32Array,
            Float32Array,
          ]
          const theirs = expected[array]!
          // What PyTorch left alone must be untouched to the bit, and what it changed must have changed.
          expect(sameBits(ours, before), `${array} is untouched`).toBe(sameBits(theirs, before))
          expect(distance(ours, theirs), array).toBeLessThan(1e-5)
        }
      })
    },
  )

  const followed = Object.keys(fixture.curves).map((key) => key.split('/') as [PaperRegime, string])
  it.each(followed.map(([regime, index]) => [regime, Number(index)] as const))(
    '%s, phase %i: losses stay as close to float64 over 20 steps as PyTorch’s',
    async (regime, index) => {
      const { losses } = await train(regime, index, { ...variants.one, steps: 20 })
      const { float64, float32 } = fixture.curves[`${regime}/${index}`]!
      // An exit that does not run in a step adds nothing to its sum.
      const largest = (curve: (number | null)[][], exit: number) =>
        Math.max(...curve.map((row, step) => Math.abs((row[exit] ?? 0) - (float64[step]![exit] ?? 0))))
      for (const { exit } of whole.exits) expect(largest(losses, exit)).toBeLessThanOrEqual(3 * largest(float32, exit))
    },
  )

  it('evaluates to PyTorch’s logits', async () => {
    const evaluation = own(createEvaluation(whole, [0, 1, 2]))
    const logits = await evaluation.run(own(createModelState(whole, fixture.start)), fixture.batches[0]!)
    expect(distance(logits, fixture.logits)).toBeLessThan(1e-4)
  })
})

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} values against ${b.length}`)
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index]!)))
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength))
}
