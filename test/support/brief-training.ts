import { expect } from 'vitest'
import type { TrainingBatch } from '../../src/engine/training/batch.ts'
import { startSnapshot } from '../../src/engine/training/phase-start.ts'
import { captureSnapshot, createTrainingState, type TorchArray } from '../../src/engine/training/phase-state.ts'
import { trainedParameters } from '../../src/engine/training/step-plan.ts'
import { createTrainingStep } from '../../src/engine/training/step.ts'
import type { NetworkSpec } from '../../src/shared/network/network.ts'
import type { PaperRegime } from '../../src/shared/phases/phase.ts'
import { trainingSpec } from '../../src/shared/experiment/training.ts'
import { phaseOf } from '../engine/training/fixture.ts'

type Model = Record<string, TorchArray>

/** As torch_zoo.py makes a step. */
export const adamw = { learningRate: 1e-2, beta1: 0.9, beta2: 0.99, epsilon: 1e-3, weightDecay: 0.05 }
const training = trainingSpec.parse({ ...adamw, schedule: { kind: 'constant' }, clipNorm: null })

interface Brief {
  spec: NetworkSpec
  batch: TrainingBatch
  steps: number
}

/** The weights behind some steps of a phase, from these and initial values of what they lack. Only what the phase trains has changed. */
export async function trainedBriefly(
  [regime, index]: [regime: PaperRegime, index: number],
  start: Model,
  { spec, batch, steps }: Brief,
): Promise<Model> {
  const subject = { ...phaseOf(spec, regime, index), training }
  const { network } = subject
  const fresh = network.parameters.filter(({ name }) => !(name in start)).map(({ group }) => group)
  const snapshot = startSnapshot(subject, { seed: 1, weights: { arrays: start, fresh } })
  const [state, step] = [createTrainingState(subject, snapshot), createTrainingStep(subject)]
  try {
    for (let at = 0; at < steps; at++)
      await step.run({ state, step: at, epoch: 1, batch, learningRate: adamw.learningRate, dropoutSeed: [1, 2] })
    const { model } = await captureSnapshot(subject, { state, progress: snapshot.progress })
    const parameters = network.parameters.filter(({ kind }) => kind === 'parameter')
    const isChanged = (name: string) =>
      model[name]!.values.some((value, place) => value !== snapshot.model[name]!.values[place])
    const trained = trainedParameters(network, subject.phase).map(({ name }) => name)
    expect(parameters.flatMap(({ name }) => (isChanged(name) ? name : [])).sort()).toEqual(trained.sort())
    return model
  } finally {
    state.dispose()
    step.dispose()
  }
}

/** A first step of AdamW (Loshchilov 2019): both moments are those of this gradient alone. */
export function firstStep(before: Float32Array, gradient: Float32Array): Float32Array {
  const { learningRate, epsilon, weightDecay } = adamw
  return before.map(
    (value, at) =>
      value * (1 - learningRate * weightDecay) - (learningRate * gradient[at]!) / (Math.abs(gradient[at]!) + epsilon),
  )
}
