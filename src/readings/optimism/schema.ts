import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { budgetQuestion } from '../question.ts'
import { seriesOfRuns } from '../../shared/experiment/series-identity.ts'

/** Thresholds are chosen on both splits. */
export const optimismQuestion = budgetQuestion.omit({ protocol: true })

/** By how much the task's primary metric improves (points of %, or in its unit) by choosing thresholds on the test set instead of on validation samples. */
export const optimismAnswer = z.object({
  task: otherTask,
  ...costKeys,
  /** Name of the exit rule. */
  rule: z.string(),
  budgets: z.array(z.number().nullable()),
  rows: z.array(
    seriesOfRuns.extend({
      seedCount: z.int(),
      /** One a budget; null where it buys nothing. */
      gaps: z.array(meanStd.nullable()),
    }),
  ),
})
export type OptimismAnswer = z.infer<typeof optimismAnswer>
