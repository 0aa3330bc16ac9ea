import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { leftOutKey } from '../../shared/evaluation/left-out.ts'
import { pairedDifference } from '../../shared/statistics/paired.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { budgetQuestion } from '../question.ts'
import { seriesOfRuns } from '../../shared/experiment/series-identity.ts'

export const bestQuestion = budgetQuestion.omit({ split: true, protocol: true }).extend({
  /** Budgets as shares of the cost of each backbone, or as costs: multiply-adds, or in the unit of `cost`. */
  budgetsIn: z.enum(['share', 'cost']).default('share'),
})

/** A series at its place by the task's primary metric on validation samples, in its unit, over seeds. */
const ranked = seriesOfRuns.extend({
  seedCount: z.int(),
  validation: meanStd,
  /** This series − the best on validation samples, paired by seed, with p after Bonferroni's correction for all others; null for the best itself, and without a common seed. */
  behind: pairedDifference.extend({ adjustedP: z.number().nullable() }).nullable(),
  /** Whether validation samples do not tell that it is worse than the best, or could not be tested, or it is the best. */
  isCandidate: z.boolean(),
  /** On test samples; null of all but the best while the test values of a sweep are closed: who looks at the others chooses on the test set. */
  test: meanStd.nullable(),
})
export type Ranked = z.infer<typeof ranked>

export const bestAnswer = z.object({
  testOpenedAt: readOnKeys.testOpenedAt,
  ...leftOutKey,
  task: otherTask,
  ...costKeys,
  rule: z.string(),
  /** Absent: budgets are shares of the cost of each backbone. */
  budgetsIn: z.literal('cost').optional(),
  atBudgets: z.array(
    z.object({
      budget: z.number().nullable(),
      /** The best first. */
      ranking: z.array(ranked),
      /** Series without a threshold within the budget, which have no place. */
      withoutThreshold: z.array(seriesOfRuns),
      /** The smallest budget that a series can keep; absent where one keeps this one. */
      smallest: z.number().optional(),
    }),
  ),
})
export type BestAnswer = z.infer<typeof bestAnswer>
