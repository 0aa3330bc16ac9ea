import { z } from 'zod'
import { exitId } from '../../shared/exit-id.ts'
import { predictedValues } from '../../shared/predicted-values.ts'
import { references } from '../../shared/reference.ts'
import { evaluatedSplit } from '../question.ts'

/** A run of a regression. */
export const predictedValuesQuestion = references.extend({ split: evaluatedSplit, exit: exitId.default('final') })

export const predictedValuesAnswer = predictedValues.extend({
  experiment: z.string(),
  series: z.string(),
  seed: z.number(),
  split: z.enum(['validation', 'test']),
  /** Name of the run. */
  name: z.string(),
})
export type PredictedValuesAnswer = z.infer<typeof predictedValuesAnswer>
