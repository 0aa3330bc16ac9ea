import type { z } from 'zod'
import { readBudget, type BudgetReading, type ReadingOptions } from '../../engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { everyPair, withBest } from '../../engine/evaluation/paired-family.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { best } from '../../shared/methods/metric.ts'
import { mean } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { ReadingSources } from '../sources.ts'
import {
  mostPaired,
  theBest,
  type DifferencesAnswer,
  type differencesQuestion,
  type SeriesDifference,
} from './schema.ts'

type Question = z.output<typeof differencesQuestion>

export async function compute(sources: ReadingSources, question: Question): Promise<DifferencesAnswer> {
  const runs = await sources.runs(question)
  return { ...differencesOf(runs, question), rule: sources.ruleOf(question) }
}

type DifferencesOptions = ReadingOptions & Pick<Question, 'budgets' | 'against'>

/** Pairs of series within each experiment, budget by budget. Throws `conflict` as `groupRuns` does. */
export function differencesOf(
  runs: readonly EvaluationSummary[],
  asked: DifferencesOptions,
): Omit<DifferencesAnswer, 'rule'> {
  const { atBudgets, ...answer } = familiesOf(runs, asked)
  return {
    ...answer,
    atBudgets: atBudgets.map(({ budget, families }) => ({ budget, pairs: families.flatMap(({ pairs }) => pairs) })),
  }
}

/** The listed pairs of one experiment at a budget, and for how many tests p is corrected at most. */
interface Family {
  size: number
  pairs: SeriesDifference[]
}

/** The same by experiment. */
export function familiesOf(
  runs: readonly EvaluationSummary[],
  { budgets, against, ...options }: DifferencesOptions,
): Omit<DifferencesAnswer, 'rule' | 'atBudgets'> & { atBudgets: { budget: number | null; families: Family[] }[] } {
  const groups = groupRuns(runs)
  refuseUnknown(against, groups)
  const experiments = [...Map.groupBy(groups, ({ experiment }) => experiment).values()]
  return {
    ...sharedOf(runs),
    protocol: options.protocol,
    ...wordsOf(experiments, against),
    atBudgets: budgets.map((budget) => ({
      budget,
      families: experiments.map((members) => familyOf(members, { budget, against, ...options })),
    })),
  }
}

type Group = SeriesGroup<EvaluationSummary>

/** @throws ExitlabError `usage` for a name that no series has. */
function refuseUnknown(against: string | undefined, groups: readonly Group[]): void {
  const names = [...new Set(groups.map(({ series }) => series))]
  if (against === undefined || ['all', 'best', ...names].includes(against)) return
  throw new ExitlabError(
    'usage',
    `No series is called “${against}”. Expected all, best, or one of ${names.join(', ')}.`,
  )
}

/** Where it is not said, all pairs of few series, of more those with the best: nobody reads 66. */
const chosenPairs = (members: readonly Group[], against: string | undefined) =>
  against ?? (members.length > mostPaired ? 'best' : 'all')

/** With which series pairs are listed, where they are not all. */
function wordsOf(experiments: readonly Group[][], against: string | undefined): { against?: string } {
  const chosen = experiments.map((members) => chosenPairs(members, against))
  if (chosen.every((each) => each === 'all')) return {}
  return { against: chosen.includes('best') ? theBest : chosen[0]! }
}

function familyOf(
  members: readonly Group[],
  { against, budget, ...options }: ReadingOptions & { budget: number | null } & Pick<Question, 'against'>,
): Family {
  const read = members.flatMap((series) => {
    const reading = readBudget(series, budget, options)
    return reading ? [{ series, reading }] : []
  })
  const chosen = chosenPairs(members, against)
  const top = chosen === 'best' && bestOf(read)
  const family = top ? withBest(read, top) : everyPair(read)
  const reference = top ? top.series : members.find(({ series }) => series === chosen)
  const pairs = listedPairs(
    read.map(({ series }) => series),
    chosen === 'all' ? 'all' : reference,
  ).flatMap(([first, second]) => {
    const difference = family.difference(first, second)
    const { experiment } = first
    return difference ? [{ experiment, first: first.series, second: second.series, ...difference }] : []
  })
  return { size: family.size, pairs }
}

/** The pairs of an experiment: each once, or each other series with one of them. */
function listedPairs(members: readonly Group[], reference: Group | 'all' | undefined): [Group, Group][] {
  if (reference === 'all')
    return members.flatMap((first, i) => members.slice(i + 1).map((second): [Group, Group] => [first, second]))
  if (reference === undefined) return []
  return members.flatMap((first): [Group, Group][] => (first === reference ? [] : [[first, reference]]))
}

interface Read {
  series: Group
  reading: BudgetReading
}

function bestOf(read: readonly Read[]): Read | undefined {
  if (read.length === 0) return undefined
  const values = read.map(({ reading }) => mean(reading.values))
  return read[values.indexOf(best(primaryMetric(read[0]!.series.runs[0]!), values))]
}
