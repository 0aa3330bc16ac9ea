import { z } from 'zod'
import { weightings } from '../main/engine/objectives/index.ts'
import { isDefaultObjective, objective, type Objective } from '../shared/objective.ts'

/** An objective with a weighting that this version has. */
export const knownObjective = objective.extend({ weighting: weightings.name })

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

/** `objective` of a phase with all parameters resolved, the default included: it stands in the place of the experiment's. */
export const phaseObjective = written.transform(({ weighting = 'uniform', parameters, gradients }): Objective => ({
  weighting,
  ...(Object.keys(parameters).length > 0 && { parameters }),
  ...(gradients === 'equilibrium' && { gradients }),
}))

/** `objective` of an experiment file; undefined for the default, the mean of the losses. */
export const objectiveChoice = phaseObjective.transform((objective) =>
  isDefaultObjective(objective) ? undefined : objective,
)
