import { listed } from '../../shared/format/lists.ts'
import { differenceUnit } from '../../shared/metric.ts'
import { untestedWords } from '../../shared/paired.ts'
import { budgetColumn } from '../../shared/table-words.ts'
import { primaryMetric, type OfTask } from '../../shared/task.ts'
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

/** The answer in sentences, one for each series: "Is early exit better than a smaller network? mixed: yes at 50 and 75 % (by 2.3 points at most), no at 25 %." */
export function answerSentence(answer: StaticNetworksAnswer): string {
  const sentences = answer.series.map((series) => {
    const name = nameAmong(series, answer.series)
    return `${name}: ${seriesWords(series, answer)}.`
  })
  return `Is early exit better than a smaller network? ${sentences.join(' ')}`
}

function seriesWords({ atBudgets }: BesideStatic, of: OfTask): string {
  const at = (wanted: Verdict) => atBudgets.filter((each) => verdictOf(each, of) === wanted)
  const untested = atBudgets.filter((each) => each.difference !== null && verdictOf(each, of) === null)
  const parts = [
    said('yes', at('early exit'), of),
    said('no', at('static network'), of),
    placesIn('not distinguishable', at('neither')),
    placesIn('not tested', untested),
    placesIn(
      'nothing to compare',
      atBudgets.filter(({ difference }) => difference === null),
    ),
  ]
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
