import { ExitlabError } from '../../shared/basics/error.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'
import { diskShape, fromDiskLayout, toDiskLayout } from '../layers/layout.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import type { PhaseOf } from '../objectives/exit-weights.ts'
import type { Task } from '../tasks/index.ts'
import { optimisers } from '../optimisers/index.ts'
import { taskOf } from '../tasks/index.ts'
import type { State, StateValues } from '../tf.ts'
import { createState } from '../tf.ts'
import type { EpochSums } from './epoch-sums.ts'
import { clearSums, emptySums, readSums, sumsState } from './epoch-sums.ts'
import type { DominanceSums } from './dominance.ts'
import { notFiniteState } from './first-not-finite.ts'
import { noPace, type Pace } from './pace.ts'
import { trainedParameters } from './step-plan.ts'

/** A float32 array in PyTorch's layout. */
export interface TorchArray {
  shape: readonly number[]
  values: Float32Array
}

/** Everything that a phase needs to resume bit-identically. Random streams are functions of (seed, epoch, step) and need no state. */
export interface TrainingSnapshot {
  /** Parameters and buffers under their PyTorch names. */
  model: Record<string, TorchArray>
  /** What the optimiser keeps, as PyTorch names it, such as `<parameter>.exp_avg`. None before the first step: it is zero then. */
  moments: Record<string, TorchArray>
  progress: TrainingProgress
}

/** Progress of a phase. Plain JSON. */
export interface TrainingProgress {
  /** Epochs completed. */
  epoch: number
  /** Batches done in the epoch that has begun. */
  batch: number
  /** Steps done since the phase began. */
  step: number
  /** Best validation score of each exit the phase stops on, null before the first epoch. */
  best: (number | null)[]
  epochsWithoutImprovement: number
  /** Epoch of the best checkpoint (0: none yet). */
  keptEpoch: number
  running: EpochSums
  /** Gradient dominance in the running epoch; absent while it has not been measured. */
  dominance?: DominanceSums
  /** Of the running epoch's training, without interruptions. For display only: the weights do not depend on it. */
  pace: Pace
}

/** A phase with the network that it trains, and how. */
interface TrainedPhase extends PhaseOf {
  training: TrainingSpec
}

/** Starts the epoch after the completed ones, with no batch done and empty sums. */
export function beginEpoch(progress: TrainingProgress, task: Task, state: State): void {
  const exitCount = progress.running.samples.length
  Object.assign(progress, { batch: 0, running: emptySums(task, exitCount), pace: noPace })
  delete progress.dominance
  clearSums(state)
}

/** Parameters and buffers as engine state, from arrays in PyTorch's layout. @throws ExitlabError `checkpoint-damaged` where one is missing or misshapen. */
export function createModelState(network: Network, model: Record<string, TorchArray>): State {
  return createState(modelValues(network, model))
}

/**
 * Everything a training step reads and writes: parameters, buffers, moments of what the phase trains, running sums.
 * @throws ExitlabError `checkpoint-damaged` where an array is missing or misshapen.
 */
export function createTrainingState(subject: TrainedPhase, snapshot: TrainingSnapshot): State {
  return createState(trainingValues(subject, snapshot))
}

/** @throws ExitlabError `checkpoint-damaged` if a snapshot is incomplete: an array is missing or has the wrong shape. */
export function checkSnapshot(subject: TrainedPhase, snapshot: TrainingSnapshot): void {
  trainingValues(subject, snapshot)
}

function trainingValues(subject: TrainedPhase, { model, moments, progress }: TrainingSnapshot): StateValues {
  const { network, phase } = subject
  return {
    ...modelValues(network, model),
    ...momentValues(momentsOf(subject), moments, progress),
    ...notFiniteState(phase.objective),
    ...sumsState(taskOf(network.spec), progress.running),
  }
}

/** A copy of a phase's state in PyTorch's layout, after the running step has ended. */
export async function captureSnapshot(
  subject: TrainedPhase,
  { state, progress }: { state: State; progress: TrainingProgress },
): Promise<TrainingSnapshot> {
  const { network } = subject
  const sums = await readSums(taskOf(network.spec), state)
  const running = { ...sums, samples: [...progress.running.samples] } as EpochSums
  return {
    model: await capture(state, network.parameters),
    moments: await capture(state, momentsOf(subject)),
    progress: structuredClone({ ...progress, running }),
  }
}

/** The moments of a phase's trained parameters, each laid out as its parameter. */
function momentsOf({ network, phase, training }: TrainedPhase): ParameterSpec[] {
  const kept = optimisers.get(training.optimiser).moments(training)
  return trainedParameters(network, phase).flatMap((parameter) =>
    kept.map((moment) => ({ ...parameter, name: `${parameter.name}.${moment}` })),
  )
}

/** Parameters and buffers in the engine's layout, from arrays in PyTorch's. @throws ExitlabError `checkpoint-damaged` where one is missing or misshapen. */
export function modelValues(network: Network, model: Record<string, TorchArray>): StateValues {
  return Object.fromEntries(
    network.parameters.map((parameter) => {
      const stored = model[parameter.name]
      if (!stored) {
        const message = `the checkpoint has no array ${parameter.name}; it belongs to another network`
        throw new ExitlabError('checkpoint-damaged', message)
      }
      return [parameter.name, { shape: parameter.shape, values: fromDiskLayout(parameter, stored) }]
    }),
  )
}

/** Moments are zero before the first step and required after it. */
function momentValues(
  parameters: readonly ParameterSpec[],
  moments: Record<string, TorchArray>,
  { step }: TrainingProgress,
): StateValues {
  return Object.fromEntries(
    parameters.map((parameter) => {
      const stored = moments[parameter.name] ?? (step === 0 ? zeros(diskShape(parameter)) : null)
      if (stored === null) {
        const message = `the checkpoint has no array ${parameter.name}, which is required after ${step} steps; it is incomplete`
        throw new ExitlabError('checkpoint-damaged', message)
      }
      return [parameter.name, { shape: parameter.shape, values: fromDiskLayout(parameter, stored) }]
    }),
  )
}

async function capture(state: State, parameters: readonly ParameterSpec[]): Promise<Record<string, TorchArray>> {
  const arrays: Record<string, TorchArray> = {}
  for (const parameter of parameters) arrays[parameter.name] = toDiskLayout(parameter, await state.read(parameter.name))
  return arrays
}

function zeros(shape: readonly number[]): TorchArray {
  return { shape, values: new Float32Array(shape.reduce((size, length) => size * length, 1)) }
}
