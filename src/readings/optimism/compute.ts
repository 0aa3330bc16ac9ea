import type { z } from 'zod'
import { readBudget } from '../../engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import type { MeanStd, SeedReading } from '../../shared/evaluation/evaluation.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { ReadingSources } from '../sources.ts'
import type { OptimismAnswer, optimismQuestion } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  question: z.output<typeof optimismQuestion>,
): Promise<OptimismAnswer> {
  return { ...optimismOf(await sources.runs({ ...question, split: 'test' }), question), rule: sources.ruleOf(question) }
}

/** The gap of each series at each budget. Throws `conflict` as `groupRuns` does. */
export function optimismOf(
  runs: readonly EvaluationSummary[],
  { budgets, seedReading }: { budgets: readonly (number | null)[]; seedReading: SeedReading },
): Omit<OptimismAnswer, 'rule'> {
  const rows = groupRuns(runs).map((group) => ({
    ...identityOf(group),
    seedCount: group.runs.length,
    gaps: budgets.map((budget) => optimismGap(group, budget, seedReading)),
  }))
  return { ...sharedOf(runs), budgets: [...budgets], rows }
}

/**
 * By how much a budget improves the task's primary metric (points of %, or in its unit; positive: better) by choosing thresholds on the test set itself (protocol `paper`) instead
 * of on validation samples: mean and standard deviation of the seeds' differences. null where the budget buys nothing.
 */
export function optimismGap(
  group: SeriesGroup<EvaluationSummary>,
  budget: number | null,
  seedReading: SeedReading,
): MeanStd | null {
  const paper = readBudget(group, budget, { protocol: 'paper', seedReading })
  const honest = readBudget(group, budget, { protocol: 'validation', seedReading })
  const sign = primaryMetric(group.runs[0]!).higherIsBetter ? 1 : -1
  return paper && honest && meanStd(paper.values.map((value, i) => sign * (value - honest.values[i]!)))
}
