import type { z } from 'zod'
import { readBudget, type BudgetReading, type ReadingOptions } from '../../engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { withBest, type TestedDifference } from '../../engine/evaluation/paired-family.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { significanceLevel } from '../differences/pair.ts'
import type { ReadingSources } from '../sources.ts'
import type { BestAnswer, bestQuestion, Ranked } from './schema.ts'

export async function compute(sources: ReadingSources, question: z.output<typeof bestQuestion>): Promise<BestAnswer> {
  const runs = await sources.runs({ ...question, split: 'both' })
  const groups = groupRuns(runs)
  const isClosed = sources.split() === 'validation'
  const options = { protocol: 'validation', seedReading: question.seedReading, isClosed } as const
  return {
    ...sharedOf(runs),
    rule: sources.ruleOf(question),
    ...(question.budgetsIn === 'cost' && { budgetsIn: question.budgetsIn }),
    atBudgets: question.budgets.map((budget) => {
      const unitOf = ({ runs: [run] }: SeriesGroup<EvaluationSummary>) =>
        question.budgetsIn === 'cost' ? 1 : run!.backboneCost
      const shareOf = (group: SeriesGroup<EvaluationSummary>) =>
        budget === null ? null : (budget * unitOf(group)) / group.runs[0]!.backboneCost
      const read = groups.map((group) => readAt(group, shareOf(group), options))
      const within = read.filter(isWithin)
      const withoutThreshold = read.flatMap((each) => (isWithin(each) ? [] : [identityOf(each.group)]))
      if (within.length > 0) return { budget, ranking: rankingOf(within, options), withoutThreshold }
      const smallest = Math.min(...groups.map((group) => costOfCheapest(group) / unitOf(group)))
      return { budget, ranking: [], withoutThreshold, smallest }
    }),
  }
}

/** With which every seed leaves samples at the first exits that they can leave at. */
const costOfCheapest = ({ runs }: SeriesGroup<EvaluationSummary>) =>
  Math.max(...runs.map(({ validation }) => Math.min(...validation.curve.costs)))

interface Options extends ReadingOptions {
  /** Whether this is a sweep whose test values are closed. */
  isClosed: boolean
}

interface Read {
  group: SeriesGroup<EvaluationSummary>
  validation: BudgetReading
  test: BudgetReading
}

/** A series at a budget, within which it may have no threshold. */
type Tried = { [Key in keyof Read]: Read[Key] | null } & Pick<Read, 'group'>

const isWithin = (tried: Tried): tried is Read => tried.validation !== null && tried.test !== null

const readAt = (group: SeriesGroup<EvaluationSummary>, budget: number | null, options: ReadingOptions): Tried => ({
  group,
  validation: readBudget(group, budget, options, 'validation'),
  test: readBudget(group, budget, options),
})

function rankingOf(read: readonly Read[], { isClosed }: Options): Ranked[] {
  const sign = primaryMetric(read[0]!.group.runs[0]!).higherIsBetter ? 1 : -1
  const meanOf = ({ validation }: Read) => sign * meanStd(validation.values).mean
  // A stable sort: equals stay in the order of their names.
  const ranked = read.toSorted((a, b) => meanOf(b) - meanOf(a))
  const onValidation = ranked.map(({ group, validation }) => ({ series: group, reading: validation }))
  const best = onValidation[0]!
  const family = withBest(onValidation, best)
  return ranked.map(({ group, validation, test }) => {
    const isBest = group === best.series
    const behind = isBest ? null : family.difference(group, best.series)
    return {
      ...identityOf(group),
      isCandidate: !isWorse(behind, sign),
      seedCount: validation.seeds.length,
      validation: meanStd(validation.values),
      behind,
      test: isBest || !isClosed ? meanStd(test.values) : null,
    }
  })
}

/** Beyond chance. Of other seeds than the best has, a series of a lower mean may be better at those that both have. `sign`: of a difference that is better. */
const isWorse = (behind: TestedDifference | null, sign: 1 | -1) =>
  behind !== null && (behind.adjustedP ?? 1) < significanceLevel && sign * behind.difference < 0
