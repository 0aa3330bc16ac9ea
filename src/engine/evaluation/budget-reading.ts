import type { Curve, Protocol, SeedReading } from '../../shared/evaluation/evaluation.ts'
import { chosenThreshold } from './budgets.ts'
import type { SeriesGroup } from './groups.ts'
import { pairedDifference } from './paired.ts'
import type { ComparedSummary } from './evaluation-summary.ts'
import { inUnit } from '../../shared/methods/metric.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { PairedDifference } from '../../shared/statistics/paired.ts'
import { meanOfArrays } from '../../shared/statistics/statistics.ts'

export interface ReadingOptions {
  protocol: Protocol
  seedReading: SeedReading
}

/** Accuracy and cost at one budget, for each seed in the group's order. */
export interface BudgetReading {
  seeds: number[]
  /** The task's primary metric on the split that is read, in its unit. */
  values: number[]
  /** Mean cost per sample on it. With thresholds from validation, that of test samples may differ slightly from the budget. */
  costs: number[]
}

/**
 * Reads a budget (fraction of the backbone's cost, null = Unlimited) off a group's curves (method 7.3 to 7.5).
 * Protocol `validation` finds the threshold on the validation curve, `paper` on the test curve; the metric and cost are
 * those of the curve of `split`. Of a regression, the threshold is chosen by validation values under either protocol; imported results have
 * none, so the deepest threshold is read. Reading `averaged` finds one threshold on the seeds' mean curve, `per-seed` one for each seed.
 * null where not even the first threshold fits (per-seed: of any seed).
 */
export function readBudget(
  group: Pick<SeriesGroup<ComparedSummary>, 'runs'>,
  budget: number | null,
  { protocol, seedReading }: ReadingOptions,
  split: 'validation' | 'test' = 'test',
): BudgetReading | null {
  const { runs } = group
  const fitted = runs.map((run) => ({
    costs: (protocol === 'paper' ? run.test : run.validation).curve.costs,
    values: run.validation.curve.values,
  }))
  // All of a group have one task and one backbone cost, so the mean has one threshold.
  const curves = seedReading === 'averaged' ? [meanCurve(fitted)] : fitted
  const { backboneCost, imported, ...first } = runs[0]!
  const of = imported ? {} : first
  const found = curves.map((curve) => chosenThreshold(of, { ...curve, backboneCost, budget }))
  const indices = seedReading === 'averaged' ? runs.map(() => found[0]!) : found
  if (!indices.every((index) => index !== null)) return null
  return {
    seeds: runs.map((run) => run.seed),
    values: runs.map((run, i) => inUnit(primaryMetric(run), run[split].curve.values[indices[i]!]!)),
    costs: runs.map((run, i) => run[split].curve.costs[indices[i]!]!),
  }
}

/** The paired difference `first − second` of two readings over the seeds that both have; null without a common one. */
export function readingsDifference(first: BudgetReading, second: BudgetReading): PairedDifference | null {
  const seeds = first.seeds.filter((seed) => second.seeds.includes(seed))
  if (seeds.length === 0) return null
  const valuesOf = ({ seeds: all, values }: BudgetReading) => seeds.map((seed) => values[all.indexOf(seed)]!)
  return pairedDifference(valuesOf(first), valuesOf(second))
}

const meanCurve = (curves: readonly Pick<Curve, 'costs' | 'values'>[]) => ({
  costs: meanOfArrays(curves.map(({ costs }) => costs)),
  values: meanOfArrays(curves.map(({ values }) => values)),
})
