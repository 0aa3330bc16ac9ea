import type { z } from 'zod'
import {
  readBudget,
  readingsDifference,
  type BudgetReading,
  type ReadingOptions,
} from '../../main/engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../main/engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../main/engine/evaluation/groups.ts'
import { holm } from '../../main/engine/evaluation/paired.ts'
import type { PairedDifference } from '../../shared/paired.ts'
import { identityOf } from '../../shared/series-identity.ts'
import { meanStd } from '../../shared/statistics.ts'
import { primaryMetric } from '../../shared/task.ts'
import { significanceLevel } from '../differences/pair.ts'
import type { ReadingSources } from '../sources.ts'
import type { BestAnswer, bestQuestion, Ranked } from './schema.ts'

export async function compute(sources: ReadingSources, question: z.output<typeof bestQuestion>): Promise<BestAnswer> {
  const runs = await sources.runs({ ...question, split: 'both' })
  const groups = groupRuns(runs)
  const options = { protocol: 'validation', seedReading: question.seedReading } as const
  return {
    ...sharedOf(runs[0]),
    rule: sources.ruleOf(question),
    ...(question.budgetsIn === 'cost' && { budgetsIn: question.budgetsIn }),
    atBudgets: question.budgets.map((budget) => {
      const shareOf = ({ runs: [run] }: SeriesGroup<EvaluationSummary>) =>
        budget !== null && question.budgetsIn === 'cost' ? budget / run!.backboneCost : budget
      return { budget, ranking: rankingAt(groups, shareOf, options) }
    }),
  }
}

interface Read {
  group: SeriesGroup<EvaluationSummary>
  validation: BudgetReading
  test: BudgetReading
}

function rankingAt(
  groups: readonly SeriesGroup<EvaluationSummary>[],
  shareOf: (group: SeriesGroup<EvaluationSummary>) => number | null,
  options: ReadingOptions,
): Ranked[] {
  const read = groups.flatMap((group): Read[] => {
    const budget = shareOf(group)
    const [validation, test] = [readBudget(group, budget, options, 'validation'), readBudget(group, budget, options)]
    return validation && test ? [{ group, validation, test }] : []
  })
  const sign = read[0] && primaryMetric(read[0].group.runs[0]!).higherIsBetter ? 1 : -1
  const meanOf = ({ validation }: Read) => sign * meanStd(validation.values).mean
  // A stable sort: equals stay in the order of their names.
  const ranked = read.toSorted((a, b) => meanOf(b) - meanOf(a))
  const behind = ranked.map((each) =>
    each === ranked[0] ? null : readingsDifference(each.validation, ranked[0]!.validation),
  )
  const adjusted = holm(behind.map((each) => each?.p ?? null))
  return ranked.map((each, place) => rankedOf(each, behind[place]!, adjusted[place]!))
}

function rankedOf(
  { group, validation, test }: Read,
  difference: PairedDifference | null,
  adjustedP: number | null,
): Ranked {
  // What was not tested is not told apart.
  const isCandidate = adjustedP === null || adjustedP >= significanceLevel
  return {
    ...identityOf(group),
    isCandidate,
    seedCount: validation.seeds.length,
    validation: meanStd(validation.values),
    behind: difference && { ...difference, adjustedP },
    test: isCandidate || group.runs[0]!.testOpenedAt !== undefined ? meanStd(test.values) : null,
  }
}
