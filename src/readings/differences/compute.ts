import type { z } from 'zod'
import { readBudget, readingsDifference, type ReadingOptions } from '../../main/engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../main/engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../main/engine/evaluation/groups.ts'
import { holm } from '../../main/engine/evaluation/paired.ts'
import type { budgetQuestion } from '../question.ts'
import type { ReadingSources } from '../sources.ts'
import type { DifferencesAnswer, SeriesDifference } from './schema.ts'

type Question = z.output<typeof budgetQuestion>

export async function compute(sources: ReadingSources, question: Question): Promise<DifferencesAnswer> {
  const runs = await sources.runs(question)
  return { ...differencesOf(runs, question), rule: sources.ruleOf(question) }
}

/** Every pair of series within each experiment, budget by budget. Throws `conflict` as `groupRuns` does. */
export function differencesOf(
  runs: readonly EvaluationSummary[],
  { budgets, ...options }: ReadingOptions & Pick<Question, 'budgets'>,
): Omit<DifferencesAnswer, 'rule'> {
  const groups = groupRuns(runs)
  return {
    ...sharedOf(runs[0]),
    protocol: options.protocol,
    atBudgets: budgets.map((budget) => ({ budget, pairs: pairsAtBudget(groups, budget, options) })),
  }
}

/** Every pair of series within each experiment at one budget, over the seeds that both have. */
function pairsAtBudget(
  groups: readonly SeriesGroup<EvaluationSummary>[],
  budget: number | null,
  options: ReadingOptions,
): SeriesDifference[] {
  const experiments = [...Map.groupBy(groups, ({ experiment }) => experiment).values()]
  return experiments.flatMap((members) => {
    const pairs = members.flatMap((first, i) =>
      members.slice(i + 1).flatMap((second) => differenceOf(first, second, { budget, ...options })),
    )
    const adjusted = holm(pairs.map((pair) => pair.p))
    return pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! }))
  })
}

function differenceOf(
  first: SeriesGroup<EvaluationSummary>,
  second: SeriesGroup<EvaluationSummary>,
  options: ReadingOptions & { budget: number | null },
) {
  const [one, other] = [first, second].map((group) => readBudget(group, options.budget, options))
  if (!one || !other) return []
  const difference = readingsDifference(one, other)
  return difference ? [{ experiment: first.experiment, first: first.series, second: second.series, ...difference }] : []
}
