import { z } from 'zod'
import { defaultBudgets, meanStd } from '../../shared/evaluation.ts'
import { costMachine } from '../../shared/latency.ts'
import { otherTask } from '../../shared/task.ts'
import { comparisonQuestion } from '../question.ts'

/** Thresholds are chosen on both splits. */
export const optimismQuestion = comparisonQuestion
  .omit({ protocol: true })
  .extend({ budgets: comparisonQuestion.shape.budgets.default([...defaultBudgets]) })

/** By how much the task's primary metric improves (points of %, or in its unit) by choosing thresholds on the test set instead of on validation samples. */
export const optimismAnswer = z.object({
  task: otherTask,
  latency: costMachine,
  /** Name of the exit rule. */
  rule: z.string(),
  budgets: z.array(z.number().nullable()),
  rows: z.array(
    z.object({
      experiment: z.string(),
      regime: z.string(),
      series: z.string(),
      look: z.int().nullable(),
      seedCount: z.int(),
      /** One a budget; null where it buys nothing. */
      gaps: z.array(meanStd.nullable()),
    }),
  ),
})
export type OptimismAnswer = z.infer<typeof optimismAnswer>
