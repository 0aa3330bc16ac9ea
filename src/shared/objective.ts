import { z } from 'zod'
import { weightings } from '../main/engine/objectives/index.ts'

/** What is minimised: how much the loss of each exit counts. Which exits run in a step is the regime's. */
export const objective = z.strictObject({
  weighting: weightings.name,
  /** All of the weighting's; absent where it has none. */
  parameters: z.record(z.string(), z.number()).optional(),
})
export type Objective = z.infer<typeof objective>

/** An objective as an experiment file has it, with every parameter resolved; undefined for the mean of the losses, which is what is done without one. */
export const objectiveChoice = z
  .strictObject({
    weighting: weightings.name.default('uniform').describe('How the losses of the exits are weighed.'),
    parameters: z
      .record(z.string(), z.number())
      .default({})
      .describe('Parameters of the weighting; what is left out has its default.'),
  })
  .transform(({ weighting, parameters }, context): Objective | undefined => {
    const { data, error } = weightings.get(weighting).parameters.safeParse(parameters)
    for (const issue of error?.issues ?? []) {
      context.addIssue({ code: 'custom', message: issue.message, path: ['parameters', ...issue.path] })
    }
    if (weighting === 'uniform' || !data) return undefined
    return Object.keys(data).length === 0 ? { weighting } : { weighting, parameters: data }
  })
