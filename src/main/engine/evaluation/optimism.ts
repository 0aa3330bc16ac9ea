import type { MeanStd, SeedReading } from '../../../shared/evaluation.ts'
import type { OptimismData } from '../../../shared/optimism-data.ts'
import { readBudget } from './budget-reading.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { sharedOf, type EvaluationSummary } from './evaluation-summary.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { meanStd } from '../../../shared/statistics.ts'

/** The gap of each experiment and regime at each budget. Throws `conflict` as `groupRuns` does. */
export function optimism(
  runs: readonly EvaluationSummary[],
  { budgets, reading }: { budgets: readonly (number | null)[]; reading: SeedReading },
): OptimismData {
  const rows = groupRuns(runs).map((group) => ({
    experiment: group.experiment,
    regime: group.regime,
    series: group.series,
    look: group.look,
    seedCount: group.runs.length,
    gaps: budgets.map((budget) => optimismGap(group, budget, reading)),
  }))
  return { ...sharedOf(runs[0]), budgets: [...budgets], rows }
}

/**
 * By how much a budget improves the task's primary metric (points of %, or in its unit; positive: better) by choosing thresholds on the test set itself (protocol `paper`) instead
 * of on validation samples: mean and standard deviation of the seeds' differences. null where the budget buys nothing.
 */
export function optimismGap(
  group: SeriesGroup<EvaluationSummary>,
  budget: number | null,
  reading: SeedReading,
): MeanStd | null {
  const paper = readBudget(group, budget, { protocol: 'paper', reading })
  const honest = readBudget(group, budget, { protocol: 'validation', reading })
  const sign = primaryMetric(group.runs[0]!).higherIsBetter ? 1 : -1
  return paper && honest && meanStd(paper.values.map((value, i) => sign * (value - honest.values[i]!)))
}
