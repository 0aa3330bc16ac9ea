import { listed } from '../../shared/format/lists.ts'
import { backboneCostWords, unitOf } from '../../shared/evaluation/cost-kind.ts'
import { macsText } from '../../shared/evaluation/cost-axis.ts'
import { plural } from '../../shared/format/numbers.ts'
import { untestedReasons, untestedWords, type UntestedReason } from '../../shared/statistics/paired.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { budgetColumn, seedRange } from '../../shared/tables/table-words.ts'
import { significanceLevel } from '../differences/pair.ts'
import type { BestAnswer, Ranked } from './schema.ts'

/**
 * The decision at a budget: "Best at 50 % of the backbone's cost, chosen on validation samples: mixed, accuracy 78.60 ± 1.20 % on test
 * samples (5 seeds). 2 of 11 others are not distinguishable from it: joint and disjoint."
 */
export function bestSentence(answer: BestAnswer, budget: number | null): string {
  const {
    ranking = [],
    withoutThreshold = [],
    smallest,
  } = answer.atBudgets.find((each) => each.budget === budget) ?? {}
  const [best, ...others] = ranking
  const where = budget === null ? 'without a budget' : `at ${budgetWords(answer, budget)}`
  if (best === undefined) {
    const needed = smallest === undefined ? '' : `; the cheapest exit takes ${smallestWords(answer, smallest)}`
    return `Nothing can be chosen ${where}: no series has a threshold within it${needed}.`
  }
  const without = answer.leftOut?.series ?? []
  const names = namesIn([...ranking, ...withoutThreshold, ...without])
  const { noun, unit, decimals } = primaryMetric(answer)
  const { mean, std } = best.test!
  const value = [mean.toFixed(decimals), ...(std === null ? [] : ['±', std.toFixed(decimals)]), unit].join(' ').trim()
  const chosen = `Best ${where}, chosen on validation samples: ${names(best)}, ${noun} ${value} on test samples (${seedRange([best.seedCount])}).`
  return [chosen, ...othersSentences({ others, withoutThreshold, without }, names)].join(' ')
}

/** `50 % of the backbone's cost`, `20.0 M multiply-adds`, `1.50 ms` */
function budgetWords(answer: BestAnswer, budget: number): string {
  if (answer.budgetsIn === 'cost') return macsText(budget, unitOf(answer))
  return `${budgetColumn(budget).title} of ${backboneCostWords(answer)}`
}

/** `23.5 % of the backbone's cost`: rounded up, so that it is enough as a budget. */
function smallestWords(answer: BestAnswer, smallest: number): string {
  const unit = answer.budgetsIn === 'cost' ? 10 ** (Math.floor(Math.log10(smallest)) - 2) : 0.001
  // What is a whole number of units but for the last binary digits stays that number.
  return budgetWords(answer, Math.ceil(smallest / unit - 1e-6) * unit)
}

type SeriesName = Pick<Ranked, 'experiment' | 'series'>

/** Of more the ranking has the names. */
const mostNames = 6

interface Others {
  /** In the ranking. */
  others: readonly Ranked[]
  withoutThreshold: readonly SeriesName[]
  /** Series that failed, or are not trained yet. */
  without: readonly SeriesName[]
}

function othersSentences({ others, withoutThreshold, without }: Others, names: (row: SeriesName) => string): string[] {
  const total = others.length + withoutThreshold.length + without.length
  const ahead = others.filter(isAhead)
  const worse = others.filter(({ isCandidate }) => !isCandidate)
  if (total > 0 && worse.length === total) return [`${othersAre(total)} worse beyond chance.`]
  const listedFew = (rows: readonly SeriesName[]) => (rows.length > mostNames ? '' : `: ${apart(rows.map(names))}`)
  const counted = (rows: readonly SeriesName[], [one, several]: [string, string], end: string) =>
    rows.length === 0
      ? []
      : [`${rows.length} of ${plural(total, 'other')} ${rows.length === 1 ? one : several} ${end}.`]
  const near = others.filter((each) => each.isCandidate && !isAhead(each) && isTested(each))
  const untested = [...reasons].flatMap(([reason, words]) =>
    counted(
      others.filter((each) => !isTested(each) && (each.behind?.untested ?? null) === reason),
      isOrAre,
      `not told apart from it, as ${words}`,
    ),
  )
  return [
    ...(ahead.length > 0 ? [aheadSentence(ahead, names)] : []),
    ...counted(near, isOrAre, `not distinguishable from it${listedFew(near)}`),
    ...untested,
    ...(near.length + untested.length === 0 ? counted(worse, isOrAre, 'worse beyond chance') : []),
    ...counted(withoutThreshold, ['has', 'have'], `no threshold within the budget${listedFew(withoutThreshold)}`),
    ...counted(without, ['has', 'have'], `no result${listedFew(without)}`),
  ]
}

/** Names that have commas themselves are told apart by semicolons. */
const apart = (names: readonly string[]) =>
  names.some((name) => name.includes(', ')) ? names.join('; ') : listed(names)

const isOrAre: [string, string] = ['is', 'are']

const isTested = ({ behind }: Ranked) => behind !== null && behind.adjustedP !== null

/** Why a series was not tested; null: there is no difference. */
const reasons: ReadonlyMap<UntestedReason | null, string> = new Map([
  ...untestedReasons.map((reason) => [reason, untestedWords[reason]] as const),
  [null, 'no seed is common'] as const,
])

/** Better than the best at the seeds that both have, beyond chance: its mean is lower as it lacks seeds, or has others. */
const isAhead = ({ isCandidate, behind }: Ranked) => isCandidate && (behind?.adjustedP ?? 1) < significanceLevel

function aheadSentence(ahead: readonly Ranked[], names: (row: SeriesName) => string): string {
  const are = ahead.length === 1 ? 'is' : 'are'
  return `${listed(ahead.map(names))} ${are} better beyond chance at the seeds that both have: train the seeds that are missing.`
}

/** `The other is`, `Both others are`, `All 3 others are` */
function othersAre(count: number): string {
  if (count === 1) return 'The other is'
  return count === 2 ? 'Both others are' : `All ${count} others are`
}

/** Names of series, with their experiment where there are several. */
function namesIn(ranking: readonly SeriesName[]): (row: SeriesName) => string {
  const several = new Set(ranking.map(({ experiment }) => experiment)).size > 1
  return ({ experiment, series }) => (several ? `${series} of ${experiment}` : series)
}
