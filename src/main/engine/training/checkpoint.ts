import type { ExitMetric } from '../../../shared/trainer.ts'
import type { DominanceSums } from './dominance-sums.ts'
import type { Pace } from './meter.ts'

/** A named float32 array in PyTorch's layout. */
export interface NamedArray {
  shape: readonly number[]
  values: Float32Array
}

/** Everything a phase needs to go on bit-identically. Random streams are functions of (seed, epoch, step) and need no state. */
export interface TrainingSnapshot {
  /** Parameters and buffers under their PyTorch names. */
  model: Record<string, NamedArray>
  /** AdamW moments: `<parameter>.exp_avg`, `<parameter>.exp_avg_sq`. None before the first step: they are zero then. */
  moments: Record<string, NamedArray>
  progress: TrainingProgress
}

/** Where a phase stands. Plain JSON. */
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
  /** Epoch whose weights will be kept (0: none yet). */
  keptEpoch: number
  /** Sums over the batches of the running epoch, so that an interrupted epoch reports the same metrics. */
  running: RunningSums
  /** Gradient dominance in the running epoch; absent while it hasn't been measured. */
  dominance?: DominanceSums
  /** Of the training in the running epoch, interruptions left out. Told to people; the weights don't depend on it. */
  pace: Pace
  /** Metrics of the last completed epoch. */
  lastMetrics: ExitMetric[]
}

/** Per exit of the phase's network: what its training loss and accuracy are the means of. */
export interface RunningSums {
  lossSums: number[]
  correct: number[]
  /** Samples the exit has seen: an exit that doesn't run in every step sees fewer. */
  samples: number[]
}
