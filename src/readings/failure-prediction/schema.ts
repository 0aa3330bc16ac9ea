import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { exitsAnswer, exitsQuestion } from '../exits/schema.ts'

export const failurePredictionQuestion = exitsQuestion.omit({ quantity: true })

/** One exit, over seeds, in %; null where a seed has no wrong sample there, or no right one. */
const exitRow = exitsAnswer.element.shape.exits.element
  .pick({ exit: true, block: true, cost: true, fraction: true })
  .extend({
    failurePrediction: z.object({ auroc: meanStd, aurc: meanStd, excessAurc: meanStd }).nullable(),
  })
export type ExitFailures = z.infer<typeof exitRow>

/** Each series of each experiment under one exit rule, the final exit last. */
export const failurePredictionAnswer = z.object({
  rule: z.string(),
  series: z.array(exitsAnswer.element.omit({ task: true, imported: true }).extend({ exits: z.array(exitRow) })),
})
export type FailurePredictionAnswer = z.infer<typeof failurePredictionAnswer>
export type SeriesFailures = FailurePredictionAnswer['series'][number]
