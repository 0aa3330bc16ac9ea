import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { importedMark } from '../../shared/runs/imported.ts'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { leftOutKey } from '../../shared/evaluation/left-out.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { factor } from '../../shared/experiment/series-factor.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { costAxisNames } from '../../shared/evaluation/cost-axis.ts'
import { budgetQuestion, costUnit, publishedValues } from '../question.ts'
import { anySeries } from '../../shared/experiment/series-identity.ts'

/** Curves cover all thresholds, so they need no protocol. */
export const curveQuestion = budgetQuestion.omit({ protocol: true, seedReading: true }).extend({
  /** What the metric is drawn against. */
  axis: z.enum(costAxisNames).default('share'),
  /** Whether each seed has a line of its own, in place of the deviation over seeds. */
  eachSeed: z.boolean().default(false),
  published: publishedValues,
  /** Names of series that are not drawn. */
  hidden: z.array(z.string()).max(10_000).default([]),
  /** Path of the setting, or `regime`, that parts series into plots; `none`; null: one that is chosen where there are many series. */
  facets: z.string().nullable().default(null),
  unit: costUnit,
})

/** The task's primary metric in its unit at a cost on the axis. */
const costPoint = meanStd.extend({ cost: z.number() })
export type CostPoint = z.infer<typeof costPoint>

/** One series of one experiment. */
const costCurveSeries = anySeries.extend({
  /** Label at the end of the line. */
  name: z.string(),
  /** Cost of its bare backbone, in multiply-adds or milliseconds; null: not known, of an imported series. */
  backboneCost: z.number().nullable(),
  imported: importedMark.optional(),
  /** Of a sweep: its place among the levels of each factor. */
  levels: z.array(z.int()).optional(),
  readOn: readOnKeys.readOn,
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

/** A published value at its budget, laid over a series. */
const publishedPoint = z.object({
  /** Name of the series. */
  series: z.string(),
  /** On the axis of the figure. */
  cost: z.number(),
  value: z.number(),
})
export type PublishedPoint = z.infer<typeof publishedPoint>

export const curveAnswer = z.object({
  ...readOnKeys,
  ...leftOutKey,
  task: otherTask,
  ...costKeys,
  /** Which costs are on. */
  axis: z.enum(costAxisNames),
  series: z.array(costCurveSeries),
  /** In what series differ, where that is more than their regime. */
  factors: z.array(factor).optional(),
  /** Bare backbones, of the experiments in which one was measured. */
  backbones: z.array(costPoint.extend({ experiment: z.string(), name: z.string() })),
  /** Cost of 100 %; null if experiments differ. */
  backboneCost: z.number().nullable(),
  /** Costs of vertical lines; empty on an absolute axis if a budget has different costs in different networks. */
  budgets: z.array(z.number()),
  /** Data of the computation, in one line. */
  note: z.string(),
  /** Where they were asked for. */
  published: z.array(publishedPoint).optional(),
})
export type CurveAnswer = z.infer<typeof curveAnswer>

/** The series that are not hidden. */
export const shownSeries = (
  { series }: Pick<CurveAnswer, 'series'>,
  { hidden = [] }: { hidden?: readonly string[] },
): CostCurveSeries[] => series.filter(({ name }) => !hidden.includes(name))
