import { costKeyNames } from '../../shared/evaluation/cost-kind.ts'
import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { budgetsAnswer } from '../budgets/schema.ts'
import { comparisonQuestion } from '../question.ts'
import { seriesOfRuns } from '../../shared/experiment/series-identity.ts'

/** A figure shows the first of the budgets. */
export const trainingCostQuestion = comparisonQuestion.extend({
  budgets: comparisonQuestion.shape.budgets.default([0.5]),
})

const seriesTraining = seriesOfRuns.extend({
  seeds: z.array(z.number()),
  /** Ids, in the order of the seeds. */
  runs: z.array(z.string()),
  /** Over all phases. */
  epochs: meanStd,
  /** Multiply-adds of all training steps, forward and backward; null where steps were not recorded. */
  macs: meanStd.nullable(),
  seconds: meanStd,
  /** The task's primary metric on the samples that are read, one a budget; null where not even the cheapest threshold fits. */
  cells: budgetsAnswer.shape.rows.element.shape.cells,
})
export type SeriesTraining = z.infer<typeof seriesTraining>

export const trainingCostAnswer = budgetsAnswer
  .pick({ task: true, ...costKeyNames, protocol: true, budgets: true, readOn: true, testOpenedAt: true })
  .extend({
    rule: z.string(),
    series: z.array(seriesTraining),
    /** Phases that several of the series have, each of which it counts for in full. */
    shared: z.array(z.object({ phase: z.string(), series: z.array(z.string()) })),
  })
export type TrainingCostAnswer = z.infer<typeof trainingCostAnswer>
