import type { z } from 'zod'
import type { Problem } from '../../shared/basics/error.ts'
import type { LossParameters } from '../../shared/methods/objective.ts'
import type { Tensor } from '../tf.ts'

/** Exits that run in a step, in depth order, of how many. */
interface RunningExits {
  running: readonly number[]
  exitCount: number
}

/** What is known of a loss between exits without TensorFlow. Classification only. */
export interface ExitLossEntry {
  info: { title: string; sentence: string; paper: string }
  /** Schema of its parameters, each with a default. */
  parameters: z.ZodType<LossParameters>
  /** What is wrong with parameters that are allowed each by itself, with their keys; absent: nothing ever is. */
  contradictions?(parameters: LossParameters): Problem[]
  /** Whether it changes the losses of a step in which these exits run. */
  applies(exits: RunningExits, parameters: LossParameters): boolean
  load(): Promise<ExitLoss>
}

/** A batch at the exits that run in a step. */
export interface ExitOutputs {
  /** Exits that run, in depth order. */
  exits: readonly number[]
  /** Logits [batch, classes] by exit; null for one that does not run. */
  outputs: readonly (Tensor | null)[]
}

/**
 * The losses [batch] of the exits that run, from their own: a loss between exits adds to them what one exit takes from another.
 * Asked only where it applies.
 */
export type ExitLoss = (
  losses: readonly Tensor[],
  outputs: ExitOutputs,
  parameters: LossParameters,
) => readonly Tensor[]
