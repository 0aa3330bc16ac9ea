import type { z } from 'zod'
import { readBudget, readingsDifference, type ReadingOptions } from '../../main/engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../main/engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../main/engine/evaluation/groups.ts'
import { mean } from '../../shared/statistics.ts'
import { primaryMetric } from '../../shared/task.ts'
import { holm } from '../../main/engine/evaluation/paired.ts'
import type { ReadingSources } from '../sources.ts'
import { mostPaired, type DifferencesAnswer, type differencesQuestion, type SeriesDifference } from './schema.ts'

type Question = z.output<typeof differencesQuestion>

export async function compute(sources: ReadingSources, question: Question): Promise<DifferencesAnswer> {
  const runs = await sources.runs(question)
  return { ...differencesOf(runs, question), rule: sources.ruleOf(question) }
}

/** Pairs of series within each experiment, budget by budget. Throws `conflict` as `groupRuns` does. */
export function differencesOf(
  runs: readonly EvaluationSummary[],
  { budgets, against, ...options }: ReadingOptions & Pick<Question, 'budgets' | 'against'>,
): Omit<DifferencesAnswer, 'rule'> {
  const groups = groupRuns(runs)
  return {
    ...sharedOf(runs[0]),
    protocol: options.protocol,
    ...wordsOf(groups, against),
    atBudgets: budgets.map((budget) => ({ budget, pairs: pairsAtBudget(groups, { budget, against, ...options }) })),
  }
}

type Group = SeriesGroup<EvaluationSummary>

const experimentsOf = (groups: readonly Group[]) => [...Map.groupBy(groups, ({ experiment }) => experiment).values()]

/** Where it is not said, all pairs of few series, of more those with the best: nobody reads 66. */
const chosenPairs = (members: readonly Group[], against: string | undefined) =>
  against ?? (members.length > mostPaired ? 'best' : 'all')

/** With which series pairs are listed, where they are not all. */
function wordsOf(groups: readonly Group[], against: string | undefined): { against?: string } {
  const chosen = experimentsOf(groups).map((members) => chosenPairs(members, against))
  if (chosen.every((each) => each === 'all')) return {}
  return { against: chosen.includes('best') ? 'the best at each budget' : chosen[0]! }
}

/** The pairs of an experiment: each once, or each other series with one of them. */
function listedPairs(
  members: readonly Group[],
  { against, ...options }: ReadingOptions & { budget: number | null } & Pick<Question, 'against'>,
): [Group, Group][] {
  const chosen = chosenPairs(members, against)
  if (chosen === 'all')
    return members.flatMap((first, i) => members.slice(i + 1).map((second): [Group, Group] => [first, second]))
  const reference = chosen === 'best' ? bestOf(members, options) : members.find(({ series }) => series === chosen)
  return reference
    ? members.flatMap((first): [Group, Group][] => (first === reference ? [] : [[first, reference]]))
    : []
}

function bestOf(members: readonly Group[], options: ReadingOptions & { budget: number | null }): Group | undefined {
  const sign = primaryMetric(members[0]!.runs[0]!).higherIsBetter ? 1 : -1
  const read = members.flatMap((group) => {
    const reading = readBudget(group, options.budget, options)
    return reading ? [{ group, value: sign * mean(reading.values) }] : []
  })
  return read.toSorted((a, b) => b.value - a.value)[0]?.group
}

/** The pairs of series within each experiment at one budget, over the seeds that both have. */
function pairsAtBudget(
  groups: readonly Group[],
  options: ReadingOptions & { budget: number | null } & Pick<Question, 'against'>,
): SeriesDifference[] {
  return experimentsOf(groups).flatMap((members) => {
    const pairs = listedPairs(members, options).flatMap(([first, second]) => differenceOf(first, second, options))
    const adjusted = holm(pairs.map((pair) => pair.p))
    return pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! }))
  })
}

function differenceOf(first: Group, second: Group, options: ReadingOptions & { budget: number | null }) {
  const [one, other] = [first, second].map((group) => readBudget(group, options.budget, options))
  if (!one || !other) return []
  const difference = readingsDifference(one, other)
  return difference ? [{ experiment: first.experiment, first: first.series, second: second.series, ...difference }] : []
}
