import type { z } from 'zod'
import { readBudget, type BudgetReading, type ReadingOptions } from '../../engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { withBest, type TestedDifference } from '../../engine/evaluation/paired-family.ts'
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
    ...sharedOf(runs),
    rule: sources.ruleOf(question),
    ...(question.budgetsIn === 'cost' && { budgetsIn: question.budgetsIn }),
    atBudgets: question.budgets.map((budget) => {
      const unitOf = ({ runs: [run] }: SeriesGroup<EvaluationSummary>) =>
        question.budgetsIn === 'cost' ? 1 : run!.backboneCost
      const shareOf = (group: SeriesGroup<EvaluationSummary>) =>
        budget === null ? null : (budget * unitOf(group)) / group.runs[0]!.backboneCost
      const ranking = rankingAt(groups, shareOf, options)
      if (ranking.length > 0) return { budget, ranking }
      return { budget, ranking, smallest: Math.min(...groups.map((group) => costOfCheapest(group) / unitOf(group))) }
    }),
  }
}

/** With which every seed leaves samples at the first exits that they can leave at. */
const costOfCheapest = ({ runs }: SeriesGroup<EvaluationSummary>) =>
  Math.max(...runs.map(({ validation }) => Math.min(...validation.curve.costs)))

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
  const onValidation = ranked.map(({ group, validation }) => ({ series: group, reading: validation }))
  const [best] = onValidation
  if (best === undefined) return []
  const family = withBest(onValidation, best)
  return ranked.map((each) => {
    const isBest = each.group === best.series
    return rankedOf(each, { behind: isBest ? null : family.difference(each.group, best.series), isBest, sign })
  })
}

/** `behind`: null of the best, and without a common seed. `sign`: of a difference that is better. */
function rankedOf(
  { group, validation, test }: Read,
  { behind, isBest, sign }: { behind: TestedDifference | null; isBest: boolean; sign: 1 | -1 },
): Ranked {
  // What was not tested is not told apart, and for that very reason its test value stays closed.
  const adjustedP = behind?.adjustedP ?? null
  // Of other seeds than the best has, it may be better at those that both have.
  const isWorse = adjustedP !== null && adjustedP < significanceLevel && sign * behind!.difference < 0
  const isNear = adjustedP !== null && !isWorse
  return {
    ...identityOf(group),
    isCandidate: !isWorse,
    seedCount: validation.seeds.length,
    validation: meanStd(validation.values),
    behind,
    test: isBest || isNear || group.runs[0]!.testOpenedAt !== undefined ? meanStd(test.values) : null,
  }
}
