import type { PairedDifference } from '../../shared/statistics/paired.ts'
import { readingsDifference, type BudgetReading } from './budget-reading.ts'
import { holm } from './paired.ts'

/** `first − second`, with p corrected for the tests of its family. */
export type TestedDifference = PairedDifference & { adjustedP: number | null }

/** A series at one budget. */
interface Read<Series> {
  series: Series
  reading: BudgetReading
}

/** Series that are tested at one budget. */
interface PairedFamily<Series> {
  /** Pairs with a common seed, tested or not. */
  size: number
  /** null without a common seed. */
  difference(first: Series, second: Series): TestedDifference | null
}

/** Every two series (method 7.10): Holm's correction is for all of them, whichever are then looked at. */
export function everyPair<Series>(read: readonly Read<Series>[]): PairedFamily<Series> {
  const pairs = read.flatMap((first, i) => read.slice(i + 1).flatMap((second) => pairOf(first, second)))
  return familyOf(pairs, holm(pairs.map(({ difference }) => difference.p)))
}

/**
 * Each other series with the best (method 7.16), p times the number of those that are tested (Bonferroni): whichever series is truly
 * the best, it is told from the one that looks best with a probability of 5 % at most. Holm's smaller corrections do not hold that, as
 * the best is chosen by the same values.
 */
export function withBest<Series>(read: readonly Read<Series>[], best: Read<Series>): PairedFamily<Series> {
  const pairs = read.flatMap((each) => (each === best ? [] : pairOf(each, best)))
  const tested = pairs.filter(({ difference }) => difference.p !== null).length
  return familyOf(
    pairs,
    pairs.map(({ difference: { p } }) => p && Math.min(1, tested * p)),
  )
}

interface Pair<Series> {
  first: Series
  second: Series
  difference: PairedDifference
}

function pairOf<Series>(first: Read<Series>, second: Read<Series>): Pair<Series>[] {
  const difference = readingsDifference(first.reading, second.reading)
  return difference ? [{ first: first.series, second: second.series, difference }] : []
}

/** `adjusted`: p of each pair, corrected. */
function familyOf<Series>(pairs: readonly Pair<Series>[], adjusted: readonly (number | null)[]): PairedFamily<Series> {
  const found = new Map<Series, Map<Series, TestedDifference>>()
  pairs.forEach(({ first, second, difference }, i) => {
    const others = found.get(first) ?? new Map<Series, TestedDifference>()
    found.set(first, others.set(second, { ...difference, adjustedP: adjusted[i]! }))
  })
  return {
    size: pairs.length,
    difference(first, second) {
      const other = found.get(second)?.get(first)
      return found.get(first)?.get(second) ?? (other ? turned(other) : null)
    },
  }
}

/** `second − first` */
function turned({ difference, low, high, ...rest }: TestedDifference): TestedDifference {
  return { ...rest, difference: -difference, low: high && -high, high: low && -low }
}
