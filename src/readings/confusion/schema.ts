import { z } from 'zod'
import { exitId } from '../../shared/evaluation/exit-id.ts'
import { readSplits } from '../../shared/evaluation/read-on.ts'
import { outputsQuestion } from '../question.ts'

/** Runs of one series: its seeds. */
export const confusionQuestion = outputsQuestion.omit({ rule: true }).extend({ exit: exitId.default('final') })

/** Predictions of one exit for each class, and the accuracy of every exit by class, over the seeds of one series. */
export const confusionAnswer = z.object({
  runs: z.array(z.string()),
  classCount: z.int(),
  exit: z.int(),
  /** Samples of a class (row) that the exit takes for a class (column), summed over seeds: [classes × classes], row-major. */
  counts: z.array(z.int()),
  /** Per exit and class: accuracy among the samples of the class, mean over seeds, in %; null for classes without samples. */
  accuracies: z.array(z.array(z.number().nullable())),
  experiment: z.string(),
  series: z.string(),
  split: z.enum(readSplits),
  /** Names of the classes; `class 0` where the data set is not there. */
  classes: z.array(z.string()),
})
export type ConfusionAnswer = z.infer<typeof confusionAnswer>
