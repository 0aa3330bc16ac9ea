import { z } from 'zod'
import { costKinds } from '../shared/evaluation/cost-kind.ts'
import { defaultBudgets, protocols, seedReadings } from '../shared/evaluation/evaluation.ts'
import { readSplits } from '../shared/evaluation/read-on.ts'
import { reference, references } from '../shared/runs/reference.ts'

/** Name of a rule, with parameters of its own behind a colon (`difference:patience=2`). Default: that of the task of the runs. */
export const exitRule = z.string().max(1000).optional()

/** Multiply-adds, or measured milliseconds for a single sample (method 6.4). */
export const cost = z.enum(costKinds).default('macs')

/** In which tables and figures have costs in multiply-adds. */
export const costUnit = z.enum(['macs', 'flops']).default('macs')

/** Published values that are laid over measured ones: key of a table, or of a variant of it; `fitting`: the one that the runs fit, if any; null: none. */
export const publishedValues = z.string().max(100).nullable().default(null)

/** Which runs are compared and how they are read. */
export const comparisonQuestion = z.object({
  /** Empty: every run that is done. */
  runs: z.array(reference).default([]),
  /** What else is compared: what is hidden, or has no result yet. Series are named, and look, as they do beside all of it. */
  among: z.array(reference).default([]),
  /** On which samples the metric is read. Default: validation samples of a sweep whose test values are closed, else test samples. */
  split: z.enum(readSplits).optional(),
  protocol: z.enum(protocols).default('validation'),
  rule: exitRule,
  budgets: z.array(z.number().positive().nullable()).min(1).max(1000).optional(),
  seedReading: z.enum(seedReadings).default('averaged'),
  cost,
})
export type ComparisonQuestion = z.input<typeof comparisonQuestion>

/** The same at budgets: those of the paper where none are named. */
export const budgetQuestion = comparisonQuestion.extend({
  budgets: comparisonQuestion.shape.budgets.default([...defaultBudgets]),
})

/** One for all exits, or one for each exit but the final. */
export const thresholds = z.union([z.number(), z.array(z.number()).min(1)], {
  error: 'expected one threshold for all exits, or one for each exit but the final',
})

/** Which outputs are read of the seeds of one series, and what else is compared. */
export const outputsQuestion = references.extend(
  comparisonQuestion.pick({ among: true, split: true, rule: true }).shape,
)
