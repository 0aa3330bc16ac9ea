import type { TrainingSpec } from '../../shared/experiment/training.ts'
import type { StateScope, Tensor, TensorRecord } from '../tf.ts'

/** A parameter that is stepped. */
export interface SteppedParameter {
  name: string
  /** In which entries of the loss cycle it is stepped: PyTorch counts AdamW's steps parameter by parameter. */
  cycle: readonly boolean[]
  /** Factor of the learning rate. */
  rate: number
  /** Whether weight decay applies to it. */
  decays: boolean
}

/** What is known of an optimiser without TensorFlow. */
export interface OptimiserEntry {
  info: { title: string; sentence: string; paper: string }
  /** Keys of `training` that it takes besides those that all take; others refuse them. */
  settings: readonly (keyof TrainingSpec)[]
  /** What its author may not expect of these settings; null: nothing. */
  caveat?(training: TrainingSpec): string | null
  /** Arrays that it keeps for each parameter, as PyTorch names them; they are zero before the first step. */
  moments(training: TrainingSpec): readonly string[]
  load(): Promise<Optimiser>
}

/** When a step is taken. */
interface StepTime {
  /** Of the phase, from 0. */
  step: number
  learningRate: number
}

/** Everything that an update needs. */
interface OptimiserUpdate {
  /** Of a step, in the order of their gradients. */
  parameters: readonly SteppedParameter[]
  gradients: readonly Tensor[]
  /** The inputs of the traced step: those that `scalars` made, and others. */
  scalars: TensorRecord
  training: TrainingSpec
}

/** How parameters follow from their gradients. */
export interface Optimiser {
  /** What changes from step to step, as inputs of the traced step. */
  scalars(parameters: readonly SteppedParameter[], training: TrainingSpec, time: StepTime): TensorRecord
  /** Gives parameters and moments their new values. Traced once. */
  update(state: StateScope, update: OptimiserUpdate): void
}
