import { z } from 'zod'
import { exitId } from '../../shared/evaluation/exit-id.ts'
import { predictedValues } from '../../shared/evaluation/predicted-values.ts'
import { readSplits } from '../../shared/evaluation/read-on.ts'
import { outputsQuestion } from '../question.ts'

/** A run of a regression. */
export const predictedValuesQuestion = outputsQuestion.omit({ rule: true }).extend({ exit: exitId.default('final') })

export const predictedValuesAnswer = predictedValues.extend({
  experiment: z.string(),
  series: z.string(),
  seed: z.number(),
  split: z.enum(readSplits),
  /** Name of the run. */
  name: z.string(),
})
export type PredictedValuesAnswer = z.infer<typeof predictedValuesAnswer>
