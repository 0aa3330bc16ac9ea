import { optimisers } from '../../engine/optimisers/index.ts'
import { type TrainingSpec, trainingSpec } from '../../shared/experiment/training.ts'

const optimiser = optimisers.name.describe('How parameters follow from their gradients.')

/** Training by an optimiser that this version has. */
export const knownTraining = trainingSpec.extend({
  optimiser: optimiser.default('adamw') as unknown as typeof trainingSpec.shape.optimiser,
})

/** Number of arrays that the optimiser keeps for each parameter. */
export const momentCount = (training: TrainingSpec): number =>
  optimisers.get(training.optimiser).moments(training).length
