import { z } from 'zod'
import { confusion } from '../../shared/confusion.ts'
import { exitId } from '../../shared/exit-id.ts'
import { references } from '../../shared/reference.ts'
import { evaluatedSplit } from '../question.ts'

/** Runs of one series: its seeds. */
export const confusionQuestion = references.extend({ split: evaluatedSplit, exit: exitId.default('final') })

export const confusionAnswer = confusion.extend({
  experiment: z.string(),
  series: z.string(),
  split: z.enum(['validation', 'test']),
  /** Names of the classes; `class 0` where the data set is not there. */
  classes: z.array(z.string()),
})
export type ConfusionAnswer = z.infer<typeof confusionAnswer>
