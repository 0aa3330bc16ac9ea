import { z } from 'zod'
import { weightings } from '../main/engine/objectives/index.ts'

/** Weighting of the exits' losses. The regime decides which exits run in a step. */
export const objective = z.strictObject({
  weighting: weightings.name,
  /** All parameters of the weighting; absent where it has none. */
  parameters: z.record(z.string(), z.number()).optional(),
  /** How the gradients of the exits are combined on their way through the backbone; absent: they are added up. */
  gradients: z.literal('equilibrium').optional(),
})
export type Objective = z.infer<typeof objective>

const gradients = z
  .enum(['sum', 'equilibrium'])
  .default('sum')
  .describe(
    'Gradient that the backbone receives at an exit: the sum over this and all deeper exits, or their mean (gradient equilibrium).',
  )

/** `objective` as its author writes it; without a weighting it is uniform. */
const written = weightings.union<{
  weighting?: string | undefined
  parameters: Record<string, number>
  gradients: z.infer<typeof gradients>
}>('weighting', ({ info, parameters }, name) => {
  const weighting = z.literal(name).describe(info.sentence)
  return z.strictObject({
    weighting: name === 'uniform' ? weighting.optional() : weighting,
    parameters: parameters.prefault({}).describe('Parameters of the weighting.'),
    gradients,
  })
})

/** `objective` of an experiment file with all parameters resolved; undefined for the default, the mean of the losses. */
export const objectiveChoice = written.transform(
  ({ weighting = 'uniform', parameters, gradients }): Objective | undefined => {
    if (weighting === 'uniform' && gradients === 'sum') return undefined
    return {
      weighting,
      ...(Object.keys(parameters).length > 0 && { parameters }),
      ...(gradients === 'equilibrium' && { gradients }),
    }
  },
)
