import { z } from 'zod'

/** Keys of every objective; any other one is a loss between exits. */
export const objectiveKeys = {
  /** src/contract/experiment/objective.ts knows which there are. */
  weighting: z.string(),
  /** All parameters of the weighting; absent where it has none. */
  parameters: z.record(z.string(), z.number()).optional(),
  /** How the gradients of the exits are combined on their way through the backbone; absent: they are added up. */
  gradients: z.literal('equilibrium').optional(),
}

const lossParameters = z.record(z.string(), z.union([z.number(), z.string()]))
export type LossParameters = z.infer<typeof lossParameters>

/** Weighting of the exits' losses, and losses between exits. The regime decides which exits run in a step. */
export interface Objective {
  weighting: string
  parameters?: Record<string, number> | undefined
  gradients?: 'equilibrium' | undefined
  /** Self-distillation, with all parameters; other losses between exits have keys of their own. */
  distillation?: LossParameters | undefined
}

export const objective = z.object(objectiveKeys).catchall(lossParameters) as unknown as z.ZodType<Objective>

/** Whether an objective is the mean of the losses. */
export const isDefaultObjective = ({ weighting, ...others }: Objective): boolean =>
  weighting === 'uniform' && Object.keys(others).length === 0

/** The losses between exits of an objective, in the order of their names: keys come in that in which extensions were loaded. */
export const lossesOf = (of: Objective | undefined): [name: string, parameters: LossParameters][] =>
  Object.entries(of ?? {})
    .filter(([key, value]) => !(key in objectiveKeys) && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
