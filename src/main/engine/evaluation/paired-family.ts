import type { PairedDifference } from '../../../shared/paired.ts'
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
export interface PairedFamily<Series> {
  /** Pairs with a common seed, tested or not. */
  size: number
  /** null without a common seed. */
  difference(first: Series, second: Series): TestedDifference | null
}

/** Every two series (method 7.10): Holm's correction is for all of them, whichever are then looked at. */
export function everyPair<Series>(read: readonly Read<Series>[]): PairedFamily<Series> {
  const pairs = read.flatMap((first, i) => read.slice(i + 1).flatMap((second) => differenceOf(first, second)))
  const adjusted = holm(pairs.map(({ p }) => p))
  return familyOf(pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! })))
}

/**
 * Each other series with the best (method 7.16), p times the number of those that are tested (Bonferroni): whichever series is truly
 * the best, it is told from the one that looks best with a probability of 5 % at most. Holm's smaller corrections do not hold that, as
 * the best is chosen by the same values.
 */
export function withBest<Series>(read: readonly Read<Series>[], best: Read<Series>): PairedFamily<Series> {
  const pairs = read.flatMap((each) => (each === best ? [] : differenceOf(each, best)))
  const tested = pairs.filter(({ p }) => p !== null).length
  return familyOf(pairs.map((pair) => ({ ...pair, adjustedP: pair.p && Math.min(1, tested * pair.p) })))
}

type Pair<Series> = PairedDifference & { first: Series; second: Series }

function differenceOf<Series>(first: Read<Series>, second: Read<Series>): Pair<Series>[] {
  const difference = readingsDifference(first.reading, second.reading)
  return difference ? [{ first: first.series, second: second.series, ...difference }] : []
}

function familyOf<Series>(pairs: readonly (Pair<Series> & TestedDifference)[]): PairedFamily<Series> {
  const bySeries = Map.groupBy(pairs, ({ first }) => first)
  const found = (first: Series, second: Series) => bySeries.get(first)?.find((pair) => pair.second === second)
  return {
    size: pairs.length,
    difference(first, second) {
      const [pair, other] = [found(first, second), found(second, first)]
      return pair ? withoutSeries(pair) : other ? turned(withoutSeries(other)) : null
    },
  }
}

function withoutSeries<Series>({
  first: _,
  second: __,
  ...difference
}: Pair<Series> & TestedDifference): TestedDifference {
  return difference
}

/** `second − first` */
function turned({ difference, low, high, ...rest }: TestedDifference): TestedDifference {
  return { ...rest, difference: -difference, low: high && -high, high: low && -low }
}
