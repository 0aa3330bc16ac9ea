import { z } from 'zod'

/** Weighting of the exits' losses. The regime decides which exits run in a step. */
export const objective = z.strictObject({
  /** src/experiment/objective.ts knows which there are. */
  weighting: z.string(),
  /** All parameters of the weighting; absent where it has none. */
  parameters: z.record(z.string(), z.number()).optional(),
  /** How the gradients of the exits are combined on their way through the backbone; absent: they are added up. */
  gradients: z.literal('equilibrium').optional(),
})
export type Objective = z.infer<typeof objective>

/** Whether an objective is the mean of the losses. */
export const isDefaultObjective = ({ weighting, ...others }: Objective): boolean =>
  weighting === 'uniform' && Object.keys(others).length === 0
