import type { z } from 'zod'

/** Everything that the weights of an epoch depend on. */
interface WeightingOptions {
  exitCount: number
  /** Of the phase, from 1. */
  epoch: number
  /** Cost of each exit as a share of the backbone's; that of the final exit is above 1 by the heads before it. */
  exitCosts: readonly number[]
  /** As `parameters` resolves them. */
  parameters: Readonly<Record<string, number>>
}

/** Weight of each exit's loss in a training step. */
export interface Weighting {
  info: { title: string; sentence: string; paper: string }
  /** Schema of its parameters, each with a default. */
  parameters: z.ZodType<Record<string, number>>
  /** Parameters that are numbers of epochs: the shorter trainings of a search have as much less of them. Default: none. */
  lengths?: readonly string[]
  /** Whether the weights of the exits that run are divided by their sum, which leaves their ratios and makes the loss a mean. */
  normalised: boolean
  /** Whether the loss that heads have of their own is added, with weight 1. Default: no. */
  auxiliary?: boolean
  /** A weight for each exit, none below 0, and not 0 for all that run in a step. The same function of its options at all times, so that training resumes bit-identically. */
  weights(options: WeightingOptions): number[]
}
