import { z } from 'zod'
import { weightings } from '../main/engine/objectives/index.ts'

/** Weighting of the exits' losses. The regime decides which exits run in a step. */
export const objective = z.strictObject({
  weighting: weightings.name,
  /** All parameters of the weighting; absent where it has none. */
  parameters: z.record(z.string(), z.number()).optional(),
  /** How the gradients of the exits are put together on their way through the backbone; absent: added up, as they are. */
  gradients: z.literal('equilibrium').optional(),
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
    gradients: z
      .enum(['sum', 'equilibrium'])
      .default('sum')
      .describe(
        'Gradient that the backbone receives at an exit: the sum over this and all deeper exits, or their mean (gradient equilibrium).',
      ),
  })
  .transform(({ weighting, parameters, gradients }, context): Objective | undefined => {
    const { data, error } = weightings.get(weighting).parameters.safeParse(parameters)
    for (const issue of error?.issues ?? []) {
      context.addIssue({ code: 'custom', message: issue.message, path: ['parameters', ...issue.path] })
    }
    if (!data) return undefined
    const resolved: Objective = { weighting }
    if (Object.keys(data).length > 0) resolved.parameters = data
    if (gradients === 'equilibrium') resolved.gradients = gradients
    return weighting === 'uniform' && !resolved.gradients ? undefined : resolved
  })
