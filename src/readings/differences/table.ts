import { differenceUnit, withUnit, type Metric } from '../../shared/methods/metric.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { backboneCostWords } from '../../shared/evaluation/cost-kind.ts'
import { pText, untestedReasons, untestedWords, type UntestedReason } from '../../shared/statistics/paired.ts'
import { fixed, rounded, type Table, type TableCell } from '../../shared/tables/table.ts'
import { blocksOf, budgetColumn, ofSubject, readingSentences, seedRange } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { correctionWords, intervalText, markSigns, pairSentence, shownPair, significanceLevel } from './pair.ts'
import { theBest, type DifferencesAnswer, type SeriesDifference } from './schema.ts'

/** Behind a difference that is not tested. */
const untestedMarks: Record<UntestedReason, string> = { 'few-seeds': '‡', 'equal-differences': '§' }

/** Every pair of series at each budget: `first − second` of the task's primary metric on test samples, paired by seed, with its 95 % t interval. */
export function table(answer: DifferencesAnswer): Table {
  const { atBudgets, protocol, rule, against, readOn = 'test' } = answer
  const isWithBest = against === theBest
  const pairs = comparedPairs(answer)
  if (pairs.length === 0) throw noPair()
  const names = [...new Set(pairs.map(({ experiment }) => experiment))]
  const metric = primaryMetric(answer)
  const common = commonSecond(pairs)
  const counts = atBudgets.flatMap((each) => each.pairs.map(({ pairCount }) => pairCount))
  return {
    name: fileStem(names, 'differences'),
    caption:
      `${withUnit(`Differences of ${readOn} ${metric.noun}`, { unit: metric.unit === '%' ? 'points' : '' })}${ofSubject(names)} within inference budgets in % of ${backboneCostWords(answer)}, ` +
      `${againstWords(answer)}paired over ${seedRange(counts)}: mean ± half of the 95\u00a0% t interval. ${readingSentences(answer)}`,
    legend: untestedSentences(answer),
    details: [`95 % interval in ${differenceUnit(metric)}`, `p (${isWithBest ? 'Bonferroni' : 'Holm'})`],
    emphasis: `p < ${significanceLevel} after ${correctionWords(isWithBest)}`,
    keys: [
      { name: 'experiment' },
      { name: 'first' },
      { name: 'second' },
      { name: 'protocol', longOnly: true },
      { name: 'rule', longOnly: true },
    ],
    heads: [{ title: common === null ? 'Difference' : `Difference to ${common}`, align: 'left' }],
    dimensions: ['budget'],
    measures: [
      { name: 'difference', suffix: '' },
      { name: 'low', suffix: ' low' },
      { name: 'high', suffix: ' high' },
      { name: 'p', suffix: ' p' },
      { name: 'adjusted_p', suffix: ' adjusted p' },
      { name: 'pairs', suffix: ' pairs' },
      { name: 'untested', suffix: null },
    ],
    columns: atBudgets.map(({ budget }) => ({ ...budgetColumn(budget), signed: true })),
    blocks: blocksOf(pairs, (members) =>
      members.map((pair) => ({
        keys: [pair.experiment, pair.first, pair.second, protocol, rule],
        heads: [common === null ? `${pair.first} − ${pair.second}` : pair.first],
        cells: pair.atBudgets.map((at) => at && cellOf(at, metric)),
      })),
    ),
  }
}

/** Two series of one experiment, and their difference at each budget; null where the budget buys nothing in one of them. */
interface ComparedPair extends Pick<SeriesDifference, 'experiment' | 'first' | 'second'> {
  atBudgets: (SeriesDifference | null)[]
}

/** Each pair once, in the order of the budget that has most of them. */
function comparedPairs({ atBudgets }: DifferencesAnswer): ComparedPair[] {
  const all = atBudgets.toSorted((a, b) => b.pairs.length - a.pairs.length).flatMap(({ pairs }) => pairs)
  const keyOf = ({ experiment, first, second }: SeriesDifference) => `${experiment}\n${first}\n${second}`
  const firsts = new Map(all.map((pair) => [keyOf(pair), pair]))
  const listed = atBudgets.map(({ pairs }) => new Map(pairs.map((pair) => [keyOf(pair), pair])))
  return [...firsts].map(([key, { experiment, first, second }]) => ({
    experiment,
    first,
    second,
    atBudgets: listed.map((pairs) => pairs.get(key) ?? null),
  }))
}

/** The series that all of several pairs are with: it is named once. */
function commonSecond(pairs: readonly ComparedPair[]): string | null {
  const [one, ...others] = new Set(pairs.map(({ second }) => second))
  return pairs.length > 1 && others.length === 0 ? one! : null
}

/** `‡ Not tested: fewer than 3 seeds are paired.`, of each reason that there is. */
function untestedSentences({ atBudgets }: DifferencesAnswer): string[] {
  const found = new Set(atBudgets.flatMap(({ pairs }) => pairs.map(({ untested }) => untested)))
  return untestedReasons
    .filter((reason) => found.has(reason))
    .map((reason) => `${untestedMarks[reason]}\u00a0Not tested: ${untestedWords[reason]}.`)
}

function cellOf(at: SeriesDifference, metric: Metric): TableCell {
  const { difference, low, high, p, adjustedP, pairCount, untested, second } = at
  const { decimals } = metric
  const pair = shownPair(at, metric)
  const hasInterval = low !== null && high !== null
  return {
    values: [
      ...[difference, low, high].map((value) => rounded(value, decimals + 2)),
      ...[p, adjustedP].map((value) => rounded(value, 6)),
      pairCount,
      untested,
    ],
    printed: {
      text: fixed(difference, decimals),
      spread: hasInterval ? ((high - low) / 2).toFixed(decimals) : null,
      bold: adjustedP !== null && adjustedP < significanceLevel,
      ...(untested !== null && { mark: untestedMarks[untested] }),
    },
    detail: {
      sentence: pairSentence(pair, second),
      sign: pair.mark && markSigns[pair.mark],
      interval: hasInterval ? [low, high] : null,
      texts: [intervalText(pair), adjustedP === null ? null : pText(adjustedP)],
    },
  }
}

/** Which pairs, where they are not all. */
export const againstWords = ({ against }: Pick<DifferencesAnswer, 'against'>) =>
  against === undefined ? '' : `to ${against}, `

export function noPair(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'There is no difference to show: expected two series of one experiment with a common seed and a threshold within the budget.',
  )
}
