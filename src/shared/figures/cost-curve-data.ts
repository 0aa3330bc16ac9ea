import { z } from 'zod'
import { meanStd } from '../evaluation.ts'
import { regimeNames } from '../phase.ts'

/** Accuracy in % at a cost given as a fraction of the backbone's. */
export const costPoint = meanStd.extend({ cost: z.number() })
export type CostPoint = z.infer<typeof costPoint>

/** One regime of one experiment. */
export const costCurveSeries = z.object({
  experiment: z.string(),
  regime: z.enum(regimeNames),
  /** How the line is named at its end. */
  name: z.string(),
  seedCount: z.int(),
  /** Ascending thresholds, averaged over seeds. */
  curve: z.array(costPoint),
  /** Each exit alone, the final exit last. */
  exits: z.array(costPoint),
})
export type CostCurveSeries = z.infer<typeof costCurveSeries>

export const costCurveData = z.object({
  series: z.array(costCurveSeries),
  /** Accuracy in % of the bare backbone, which costs 100 %; null where it was not measured. */
  backbone: meanStd.nullable(),
  /** Multiply-adds that 100 % stands for; null where experiments differ in it. */
  backboneMacs: z.number().nullable(),
  /** Fractions of the backbone's cost at which vertical lines stand. */
  budgets: z.array(z.number()),
  /** What the figure was computed on, in one line. */
  note: z.string(),
})
export type CostCurveData = z.infer<typeof costCurveData>
