import type { PhaseSpec } from '../../shared/phases/phase.ts'
import type { DominanceBatches } from '../../shared/evaluation/dominance.ts'
import type { TrainingEvent } from '../../shared/phases/phase-events.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'
import type { Network } from '../networks/network.ts'
import type { EvaluationBatches, TrainingBatches } from './batch.ts'
import type { TrainingProgress, TrainingSnapshot } from './phase-state.ts'

type EventOf<Type> = Extract<TrainingEvent, { type: Type }>

/** `TrainingEvent`s without the fields that only the process knows. */
export type PhaseEvent =
  | Omit<EventOf<'started'>, 'threads' | 'start'>
  /** `losses`: of the exits that the phase trains on, in depth order, over the epoch so far. */
  | Omit<EventOf<'progress'>, 'residentBytes'>
  | Omit<EventOf<'epoch'>, 'peakMemoryBytes'>

export interface TrainPhaseOptions {
  network: Network
  phase: PhaseSpec
  training: TrainingSpec
  seed: number
  /** Names the phase's streams of random numbers below the seed. */
  phaseId: string
  /** From `startSnapshot`, or a checkpoint of this very phase, which then resumes bit-identically. */
  snapshot: TrainingSnapshot
  trainingBatches: TrainingBatches
  validationBatches: EvaluationBatches
  /** Batches of an epoch at which gradient dominance is measured. */
  dominanceBatches: DominanceBatches
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** A checkpoint is due at the first step boundary this long after the last one. */
  checkpointSeconds: number
  /** Asked at every step boundary, and between the batches of an evaluation. */
  shouldPause(): boolean
  /** Training continues when this has settled. */
  onEvent(event: PhaseEvent): void | Promise<void>
  /** Called with a checkpoint to write; training continues when it is written. */
  saveCheckpoint(snapshot: TrainingSnapshot, details: CheckpointDetails): Promise<void>
}

export interface CheckpointDetails {
  reason: 'epoch' | 'time' | 'pause'
  /** Whether an exit reached a new best score in the epoch that has just ended. */
  improved: boolean
}

export type PhaseOutcome =
  /** The best checkpoint is the one saved for reason `epoch` at `keptEpoch`. */
  | { ended: 'early-stopping' | 'epoch-cap'; epochs: number; keptEpoch: number }
  /** A checkpoint has been saved, unless no step was done since the last one or since the start. */
  | { ended: 'paused' }

/** The event before the first step. */
export function startedEvent({ network, trainingBatches }: TrainPhaseOptions, progress: TrainingProgress): PhaseEvent {
  const parameters = network.parameters.filter(({ kind }) => kind === 'parameter')
  return {
    type: 'started',
    parameterCount: parameters.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0),
    batchesPerEpoch: trainingBatches.batchesPerEpoch,
    epoch: progress.epoch,
    step: progress.step,
  }
}
