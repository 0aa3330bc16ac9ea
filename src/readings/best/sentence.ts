import { listed } from '../../shared/format/lists.ts'
import { backboneCostWords, unitOf } from '../../shared/cost-kind.ts'
import { macsText } from '../../shared/cost-axis.ts'
import { plural } from '../../shared/format/numbers.ts'
import { untestedWords } from '../../shared/paired.ts'
import { primaryMetric } from '../../shared/task.ts'
import { budgetColumn, seedRange } from '../../shared/table-words.ts'
import { significanceLevel } from '../differences/pair.ts'
import type { BestAnswer, Ranked } from './schema.ts'

/**
 * The decision at a budget: "Best at 50 % of the backbone's cost, chosen on validation samples: mixed, accuracy 78.60 ± 1.20 % on test
 * samples (5 seeds). 2 of 11 others are not distinguishable from it: joint and disjoint."
 */
export function bestSentence(answer: BestAnswer, budget: number | null): string {
  const { ranking = [], smallest } = answer.atBudgets.find((each) => each.budget === budget) ?? {}
  const [best, ...others] = ranking
  const where = budget === null ? 'without a budget' : `at ${budgetWords(answer, budget)}`
  if (best === undefined) {
    const needed = smallest === undefined ? '' : `; the cheapest exit takes ${smallestWords(answer, smallest)}`
    return `Nothing can be chosen ${where}: no series has a threshold within it${needed}.`
  }
  const names = namesIn([...ranking, ...(answer.leftOut?.series ?? [])])
  const { noun, unit, decimals } = primaryMetric(answer)
  const { mean, std } = best.test!
  const value = [mean.toFixed(decimals), ...(std === null ? [] : ['±', std.toFixed(decimals)]), unit].join(' ').trim()
  const chosen = `Best ${where}, chosen on validation samples: ${names(best)}, ${noun} ${value} on test samples (${seedRange([best.seedCount])}).`
  const without = answer.leftOut?.series ?? []
  const all = others.length + without.length
  return [chosen, ...othersSentence(others, { names, all }), ...withoutResult(without, { names, all })].join(' ')
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

/** Of more the ranking has the names. */
const mostNames = 6

type SeriesName = Pick<Ranked, 'experiment' | 'series'>

/** Names of series, and the number of all others, with a result or without. */
interface Words {
  names: (row: SeriesName) => string
  all: number
}

function othersSentence(others: readonly Ranked[], { names, all }: Words): string[] {
  const ahead = others.filter(isAhead)
  if (ahead.length > 0)
    return [
      aheadSentence(ahead, names),
      ...othersSentence(
        others.filter((each) => !isAhead(each)),
        { names, all },
      ),
    ]
  const near = others.filter(({ isCandidate }) => isCandidate)
  if (others.length === 0) return []
  const isOrAre = (rows: readonly Ranked[]) =>
    `${rows.length} of ${plural(all, 'other')} ${rows.length === 1 ? 'is' : 'are'}`
  if (near.length === 0) return [`${others.length === all ? othersAre(all) : isOrAre(others)} worse beyond chance.`]
  const which = isOrAre(near)
  const reason = near[0]!.behind?.untested
  if (reason && near.every(({ behind }) => behind?.untested === reason))
    return [`${which} not told apart from it, as ${untestedWords[reason]}.`]
  return [`${which} not distinguishable from it${fewNames(near, names)}.`]
}

const fewNames = (rows: readonly SeriesName[], names: Words['names']) =>
  rows.length > mostNames ? '' : `: ${listed(rows.map(names))}`

/** Series that failed, or are not trained yet. */
function withoutResult(rows: readonly SeriesName[], { names, all }: Words): string[] {
  if (rows.length === 0) return []
  return [
    `${rows.length} of ${plural(all, 'other')} ${rows.length === 1 ? 'has' : 'have'} no result${fewNames(rows, names)}.`,
  ]
}

/** Better than the best at the seeds that both have, beyond chance: its mean is lower as it lacks seeds, or has others. */
const isAhead = ({ isCandidate, behind }: Ranked) => isCandidate && (behind?.adjustedP ?? 1) < significanceLevel

function aheadSentence(ahead: readonly Ranked[], names: Words['names']): string {
  const are = ahead.length === 1 ? 'is' : 'are'
  return `${listed(ahead.map(names))} ${are} better beyond chance at the seeds that both have: train the seeds that are missing.`
}

/** `The other is`, `Both others are`, `All 3 others are` */
function othersAre(count: number): string {
  if (count === 1) return 'The other is'
  return count === 2 ? 'Both others are' : `All ${count} others are`
}

/** Names of series, with their experiment where there are several. */
function namesIn(series: readonly SeriesName[]): Words['names'] {
  const several = new Set(series.map(({ experiment }) => experiment)).size > 1
  return ({ experiment, series }) => (several ? `${series} of ${experiment}` : series)
}
