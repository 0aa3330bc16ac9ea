import { z } from 'zod'
import { protocols } from '../../shared/evaluation/evaluation.ts'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { pairedDifference } from '../../shared/statistics/paired.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { budgetQuestion } from '../question.ts'

export const differencesQuestion = budgetQuestion.extend({
  /** Which pairs: those with a series, by its name, `best`: with the best at each budget, or `all`. Default: all of up to seven series, else with the best. */
  against: z.string().optional(),
})

/** In `against` of an answer. */
export const theBest = 'the best at each budget'

/** Series of an experiment of which all pairs are listed. */
export const mostPaired = 7

/** `first − second` of the task's primary metric on test samples (points of %, or in its unit) at one budget, paired by seed. */
const seriesDifference = pairedDifference.extend({
  experiment: z.string(),
  /** Names of two series of the experiment; of its regimes where nothing is swept. */
  first: z.string(),
  second: z.string(),
  /** p after Holm's correction for all pairs of the experiment at this budget; with the best, after Bonferroni's for the pairs with it. */
  adjustedP: z.number().nullable(),
})
export type SeriesDifference = z.infer<typeof seriesDifference>

export const differencesAnswer = z.object({
  ...readOnKeys,
  task: otherTask,
  ...costKeys,
  protocol: z.enum(protocols),
  /** Name of the exit rule. */
  rule: z.string(),
  /** With which series pairs are listed, in words; absent: all pairs. */
  against: z.string().optional(),
  /** Pairs without a common seed or a reading at the budget are left out. */
  atBudgets: z.array(z.object({ budget: z.number().nullable(), pairs: z.array(seriesDifference) })),
})
export type DifferencesAnswer = z.infer<typeof differencesAnswer>
