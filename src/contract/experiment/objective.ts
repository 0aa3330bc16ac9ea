import { z } from 'zod'
import { exitLosses } from '../../engine/losses/index.ts'
import { weightings } from '../../engine/objectives/index.ts'
import {
  isDefaultObjective,
  type LossParameters,
  type Objective,
  objectiveKeys,
} from '../../shared/methods/objective.ts'

/** The losses between exits that there are, each a key. */
const losses = () =>
  Object.fromEntries(
    exitLosses
      .sealedEntries()
      .map(([name, { info, parameters }]) => [name, parameters.optional().describe(info.sentence)]),
  )

/** An objective with methods that this version has. */
export const knownObjective = z.lazy(() =>
  z.strictObject({ ...objectiveKeys, ...losses(), weighting: weightings.name }),
) as unknown as z.ZodType<Objective>

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
  distillation?: LossParameters | undefined
}>('weighting', ({ info, parameters }, name) => {
  const weighting = z.literal(name).describe(info.sentence)
  return z.strictObject({
    weighting: name === 'uniform' ? weighting.optional() : weighting,
    parameters: parameters.prefault({}).describe('Parameters of the weighting.'),
    gradients,
    ...losses(),
  })
})

/** `objective` of a phase with all parameters resolved, the default included: it stands in the place of the experiment's. */
export const phaseObjective = written.transform(
  ({ weighting = 'uniform', parameters, gradients, ...between }): Objective => ({
    weighting,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(gradients === 'equilibrium' && { gradients }),
    ...between,
  }),
)

/** `objective` of an experiment file; undefined for the default, the mean of the losses. */
export const objectiveChoice = phaseObjective.transform((objective) =>
  isDefaultObjective(objective) ? undefined : objective,
)
