import { z } from 'zod'
import { meanStd } from './evaluation.ts'
import { importedMark } from './imported.ts'
import { costMachine } from './latency.ts'
import { otherTask } from './task.ts'
import { costAxisNames } from './cost-axis.ts'

/** The task's primary metric in its unit at a cost on the axis. */
const costPoint = meanStd.extend({ cost: z.number() })
export type CostPoint = z.infer<typeof costPoint>

/** One series of one experiment. */
const costCurveSeries = z.object({
  experiment: z.string(),
  /** null: not known, of an imported series. */
  regime: z.string().nullable(),
  /** Name of the series; the regime where nothing is swept. */
  series: z.string(),
  /** Place in the palette of series; null: it looks like its regime. */
  look: z.int().nullable(),
  /** Label at the end of the line. */
  name: z.string(),
  /** Cost of its bare backbone, in multiply-adds or milliseconds; null: not known, of an imported series. */
  backboneCost: z.number().nullable(),
  imported: importedMark.optional(),
  /** Ids of its runs, by seed. */
  runs: z.array(z.string()),
  seedCount: z.int(),
  /** Ascending thresholds, averaged over seeds; empty where only exits are known. */
  curve: z.array(costPoint),
  /** The curve of each seed, if requested. */
  seeds: z.array(z.object({ seed: z.number(), curve: z.array(costPoint) })),
  /** Each exit alone, the final exit last. */
  exits: z.array(costPoint),
})
export type CostCurveSeries = z.infer<typeof costCurveSeries>

/** Points by which budgets are read: the curve, or the exits of an imported series without one. */
export const budgetPoints = ({ curve, exits }: Pick<CostCurveSeries, 'curve' | 'exits'>): readonly CostPoint[] =>
  curve.length > 0 ? curve : exits

export const costCurveData = z.object({
  task: otherTask,
  latency: costMachine,
  /** Which costs are on. */
  axis: z.enum(costAxisNames),
  series: z.array(costCurveSeries),
  /** Bare backbones, of the experiments in which one was measured. */
  backbones: z.array(costPoint.extend({ experiment: z.string(), name: z.string() })),
  /** Cost of 100 %; null if experiments differ. */
  backboneCost: z.number().nullable(),
  /** Costs of vertical lines; empty on an absolute axis if a budget has different costs in different networks. */
  budgets: z.array(z.number()),
  /** Data of the computation, in one line. */
  note: z.string(),
})
export type CostCurveData = z.infer<typeof costCurveData>
