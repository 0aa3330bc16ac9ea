import { listed } from '../../shared/format/lists.ts'
import { differenceUnit } from '../../shared/methods/metric.ts'
import { untestedWords } from '../../shared/statistics/paired.ts'
import { budgetColumn } from '../../shared/tables/table-words.ts'
import { primaryMetric, type OfTask } from '../../shared/methods/task.ts'
import { nameAmong } from '../../figures/series-lines.ts'
import { significanceLevel } from '../differences/pair.ts'
import type { AtBudget, BesideStatic, StaticNetworksAnswer, Verdict } from './schema.ts'

/** Null where nothing is compared, or it was not tested. */
export function verdictOf({ difference }: AtBudget, of: OfTask): Verdict | null {
  if (difference === null || difference.adjustedP === null) return null
  if (difference.adjustedP >= significanceLevel) return 'neither'
  return difference.difference > 0 === primaryMetric(of).higherIsBetter ? 'early exit' : 'static network'
}

/** The verdict, or why there is none. */
export function verdictWords(at: AtBudget, of: OfTask): string {
  const { value, network, difference } = at
  if (value === null) return 'first exit costs more'
  if (network === null) return 'no static network'
  if (difference === null) return 'no common seed'
  return verdictOf(at, of) ?? `not tested: ${untestedWords[difference.untested!]}`
}

/** Of more series it is counted at each budget what the answers are. */
const mostAnswered = 7

/** The answer in sentences, one for each series: "Is early exit better than a smaller network? mixed: yes at 50 and 75 % (by 2.3 points at most), no at 25 %." */
export function answerSentence(answer: StaticNetworksAnswer): string {
  const { series } = answer
  const sentences =
    series.length > mostAnswered
      ? series[0]!.atBudgets.map((_, index) => countSentence(answer, index))
      : series.map((each) => `${nameAmong(each, series)}: ${seriesWords(each, answer)}.`)
  return `Is early exit better than a smaller network? ${sentences.join(' ')}`
}

/** "At 50 %: yes for 12 series, no for 3, not distinguishable for 9." */
function countSentence(answer: StaticNetworksAnswer, index: number): string {
  const all = answer.series.map(({ atBudgets }) => atBudgets[index]!)
  const counts = answerWords.flatMap((word) => {
    const count = all.filter((at) => answerAt(at, answer) === word).length
    return count === 0 ? [] : [`${word} for ${count}`]
  })
  const [first, ...others] = counts
  return `At ${budgetColumn(all[0]!.budget).title!}: ${[`${first!} series`, ...others].join(', ')}.`
}

const answerWords = ['yes', 'no', 'not distinguishable', 'not tested', 'nothing to compare'] as const

function answerAt(at: AtBudget, of: OfTask): (typeof answerWords)[number] {
  if (at.difference === null) return 'nothing to compare'
  const verdict = verdictOf(at, of)
  if (verdict === null) return 'not tested'
  return verdict === 'early exit' ? 'yes' : verdict === 'static network' ? 'no' : 'not distinguishable'
}

function seriesWords({ atBudgets }: BesideStatic, of: OfTask): string {
  const parts = answerWords.map((word) => {
    const at = atBudgets.filter((each) => answerAt(each, of) === word)
    return word === 'yes' || word === 'no' ? said(word, at, of) : placesIn(word, at)
  })
  return parts.filter((part) => part !== null).join('; ')
}

function said(word: string, at: readonly AtBudget[], of: OfTask): string | null {
  const { decimals } = primaryMetric(of)
  const sizes = at.map(({ difference }) => Math.abs(difference!.difference).toFixed(decimals))
  const by = [...new Set(sizes)].join(', ')
  return at.length === 0 ? null : `${placesIn(word, at)} (by ${by} ${differenceUnit(primaryMetric(of))})`
}

const placesIn = (word: string, at: readonly AtBudget[]) =>
  at.length === 0 ? null : `${word} at ${listed(at.map(({ budget }) => budgetColumn(budget).title!))}`
