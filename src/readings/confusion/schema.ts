import { z } from 'zod'
import { confusion } from '../../shared/confusion.ts'
import { exitId } from '../../shared/exit-id.ts'
import { readSplits } from '../../shared/read-on.ts'
import { outputsQuestion } from '../question.ts'

/** Runs of one series: its seeds. */
export const confusionQuestion = outputsQuestion.omit({ rule: true }).extend({ exit: exitId.default('final') })

export const confusionAnswer = confusion.extend({
  experiment: z.string(),
  series: z.string(),
  split: z.enum(readSplits),
  /** Names of the classes; `class 0` where the data set is not there. */
  classes: z.array(z.string()),
})
export type ConfusionAnswer = z.infer<typeof confusionAnswer>
