import { z } from 'zod'
import { weightings } from '../main/engine/objectives/index.ts'

/** Weighting of the exits' losses. The regime decides which exits run in a step. */
export const objective = z.strictObject({
  weighting: weightings.name,
  /** All parameters of the weighting; absent where it has none. */
  parameters: z.record(z.string(), z.number()).optional(),
})
export type Objective = z.infer<typeof objective>

/** `objective` of an experiment file with all parameters resolved; undefined for the default, the mean of the losses. */
export const objectiveChoice = z
  .strictObject({
    weighting: weightings.name.default('uniform').describe('Weighting of the exits’ losses.'),
    parameters: z
      .record(z.string(), z.number())
      .default({})
      .describe('Parameters of the weighting; each has a default.'),
  })
  .transform(({ weighting, parameters }, context): Objective | undefined => {
    const { data, error } = weightings.get(weighting).parameters.safeParse(parameters)
    for (const issue of error?.issues ?? []) {
      context.addIssue({ code: 'custom', message: issue.message, path: ['parameters', ...issue.path] })
    }
    if (weighting === 'uniform' || !data) return undefined
    return Object.keys(data).length === 0 ? { weighting } : { weighting, parameters: data }
  })
