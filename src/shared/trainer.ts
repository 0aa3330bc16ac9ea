import type { DataSpec } from './data.ts'
import type { ErrorCode } from './error.ts'
import type { NetworkSpec } from './network.ts'
import type { PhaseSpec } from './phase.ts'
import type { TrainingSpec } from './training.ts'

/** A checkpoint on disk: `<file>` (safetensors) with `<file>.manifest.json` beside it, which holds the SHA-256. */
export interface CheckpointRef {
  file: string
  sha256: string
  epoch: number
  /** Training steps done since the phase began. */
  step: number
}

/** Train one phase. The network is already the phase's own (the bare backbone has no exits). */
export interface TrainJob {
  kind: 'train'
  phaseId: string
  network: NetworkSpec
  phase: PhaseSpec
  data: DataSpec
  training: TrainingSpec
  seed: number
  dataPath: string
  /** Checkpoint whose weights the phase starts from; parameters it lacks are freshly initialised. */
  parent: CheckpointRef | null
  /** Checkpoint of this very phase to go on from. */
  resume: CheckpointRef | null
  checkpointFolder: string
  /** A checkpoint is written at least this often, and at every epoch's end. */
  checkpointSeconds: number
}

/** Run every exit over the validation and the test images and write the logits (appendix B: evaluation.safetensors). */
export interface EvaluateJob {
  kind: 'evaluate'
  network: NetworkSpec
  data: DataSpec
  dataPath: string
  checkpoint: CheckpointRef
  outputFile: string
}

/** Time a few steps of each given phase on made-up images, to estimate how long an experiment takes. */
export interface CalibrateJob {
  kind: 'calibrate'
  phases: { network: NetworkSpec; phase: PhaseSpec }[]
  training: TrainingSpec
  steps: number
}

export type TrainerJob = TrainJob | EvaluateJob | CalibrateJob

export type TrainerCommand =
  | { type: 'job'; job: TrainerJob }
  /** Write a checkpoint at the next step boundary and end the job. */
  | { type: 'pause' }
  | { type: 'ping'; id: number }
  | { type: 'exit' }

/** Loss (mean cross-entropy in nats) and accuracy (0…1) of one exit on one split after one epoch. */
export interface ExitMetric {
  exit: number
  split: 'train' | 'validation'
  loss: number
  accuracy: number
}

export interface DeviceReport {
  kind: 'cpu' | 'gpu'
  name: string
  tensorflowVersion: string
  threads: number
}

export type TrainerEvent =
  | { type: 'ready'; device: DeviceReport }
  | { type: 'started'; parameterCount: number; batchesPerEpoch: number; epoch: number; step: number }
  | {
      type: 'progress'
      epoch: number
      batch: number
      batchesPerEpoch: number
      imagesPerSecond: number
      losses: number[]
    }
  | {
      type: 'epoch'
      epoch: number
      metrics: ExitMetric[]
      learningRate: number
      imagesPerSecond: number
      seconds: number
      peakMemoryBytes: number
      improved: boolean
      epochsWithoutImprovement: number
    }
  /** Sent after the file and its manifest are on disk. `improved`: an exit reached a new best score at this epoch. */
  | { type: 'checkpoint'; checkpoint: CheckpointRef; reason: 'epoch' | 'time' | 'pause'; improved: boolean }
  | {
      type: 'trained'
      checkpoint: CheckpointRef
      epochs: number
      ended: 'early-stopping' | 'epoch-cap'
      keptEpoch: number
    }
  | { type: 'paused'; checkpoint: CheckpointRef | null }
  | { type: 'evaluated'; file: string; sha256: string; accuracies: { validation: number[]; test: number[] } }
  | { type: 'calibrated'; secondsPerStep: number[]; secondsToStart: number[] }
  | { type: 'log'; level: 'info' | 'warning'; message: string }
  | { type: 'pong'; id: number }
  | { type: 'failed'; code: ErrorCode; message: string }
