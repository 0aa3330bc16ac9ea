import type { MeanStd, SeedReading } from '../../../shared/evaluation.ts'
import { readBudget } from './budget-reading.ts'
import type { RegimeGroup } from './groups.ts'
import type { EvaluationSummary } from './evaluation-summary.ts'
import { meanStd } from '../../../shared/statistics.ts'

/**
 * Points of test accuracy that a budget gains by choosing thresholds on the test set itself (protocol `paper`) instead
 * of on validation images: mean and standard deviation of the seeds' differences. null where the budget buys nothing.
 */
export function optimismGap(
  group: RegimeGroup<EvaluationSummary>,
  budget: number | null,
  reading: SeedReading,
): MeanStd | null {
  const paper = readBudget(group, budget, { protocol: 'paper', reading })
  const honest = readBudget(group, budget, { protocol: 'validation', reading })
  return paper && honest && meanStd(paper.accuracies.map((accuracy, i) => accuracy - honest.accuracies[i]!))
}
