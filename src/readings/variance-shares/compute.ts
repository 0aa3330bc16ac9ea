import type { z } from 'zod'
import { criticalT } from '../../engine/evaluation/student.ts'
import { fewestTestedPairs } from '../../shared/statistics/paired.ts'
import { plural } from '../../shared/format/numbers.ts'
import type { Factor } from '../../shared/experiment/series-factor.ts'
import { mean, sum } from '../../shared/statistics/statistics.ts'
import type { ReadingSources } from '../sources.ts'
import { bestFirst, readSweep, type sweepQuestion, type SweptSeries } from '../sweep.ts'
import type { VarianceScope, VarianceSharesAnswer } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  question: z.output<typeof sweepQuestion>,
): Promise<VarianceSharesAnswer> {
  const read = await readSweep(sources, question)
  const { factors, series, ...answer } = read
  const best = bestFirst(read)[0]!
  const ofBest = series.filter(({ regime }) => regime === best.regime)
  const all = scopeOf('all series', factors, series)
  return {
    ...answer,
    experiment: best.experiment,
    scopes: ofBest.length < series.length ? [all, scopeOf(`within ${best.regime}`, factors, ofBest)] : [all],
  }
}

/** Values [series][seeds] of a design, and the levels of each series. */
interface Design {
  factors: readonly Factor[]
  levels: readonly (readonly number[])[]
  values: readonly (readonly number[])[]
}

/** What varies within some of the series. */
function scopeOf(title: string, all: readonly Factor[], series: readonly SweptSeries[]): VarianceScope {
  const varied = [...all.keys()].filter((f) => new Set(series.map(({ levels }) => levels[f])).size > 1)
  const factors = varied.map((f) => all[f]!)
  const seeds = series[0]!.seeds.filter((seed) => series.every((each) => each.seeds.includes(seed)))
  const design = {
    factors,
    levels: series.map(({ levels }) => varied.map((f) => levels[f]!)),
    values: series.map((each) => seeds.map((seed) => each.values[each.seeds.indexOf(seed)]!)),
  }
  const about = { title, seriesCount: series.length, seedCount: seeds.length }
  const caveat = imbalanceOf(design, seeds.length)
  return { ...about, caveat, shares: caveat === null ? withIntervals(design) : [] }
}

/** Values whose deviation is below this share of them are equal but for rounding. */
const rounding = 1e-12

const oneSeed =
  'These series have one seed in common. With one there is no noise to tell from settings, which would explain everything. Train two seeds or more.'

/** Why shares of the variance would have no meaning; null: they have. */
function imbalanceOf({ factors, levels, values }: Design, seedCount: number): string | null {
  if (factors.length === 0) return 'These series do not differ in a setting.'
  if (seedCount === 0) return 'These series have no seed in common.'
  if (seedCount === 1) return oneSeed
  if (squaresOf(values.flat()) === 0) return 'All values are equal: there is no variance to explain.'
  const combinations = new Set(levels.map((each) => each.join())).size
  const counts = factors.map((_, f) => new Set(levels.map((each) => each[f])).size)
  const full = counts.reduce((product, count) => product * count, 1)
  if (combinations === full && levels.length === full) return null
  return `The design is unbalanced: ${combinations} of ${plural(full, 'combination')} of these settings. Shares of the variance would depend on which are missing.`
}

/** Shares with intervals by the jackknife over seeds, `θ ± t₀.₉₇₅(n − 1) · √((n − 1) / n · Σ (θ₋ᵢ − θ̄)²)`, within 0 … 100 %. */
function withIntervals(design: Design): VarianceScope['shares'] {
  const parts = partsOf(design)
  const degrees = sum(parts.map((part) => part.degrees))
  const seedCount = design.values[0]!.length
  const without = Array.from({ length: seedCount < fewestTestedPairs ? 0 : seedCount }, (_, left) =>
    partsOf({ ...design, values: design.values.map((row) => row.filter((_value, seed) => seed !== left)) }),
  )
  return parts.map((part, at) => {
    const found = { name: part.name, share: part.share, noise: (100 * part.degrees) / degrees }
    if (without.length === 0) return { ...found, interval: null }
    const others = without.map((each) => each[at]!.share)
    const squares = others.reduce((total, each) => total + (each - mean(others)) ** 2, 0)
    const margin = criticalT(0.95, seedCount - 1) * Math.sqrt(((seedCount - 1) / seedCount) * squares)
    return { ...found, interval: [Math.max(0, found.share - margin), Math.min(100, found.share + margin)] }
  })
}

/** What the variance of a balanced design parts into. */
interface VariancePart {
  name: string
  /** Of its sum of squares in that of all values, in %. */
  share: number
  /**
   * Of freedom. Where settings change nothing, its share is expected to be that of these in the degrees of all values, whatever
   * their distribution: the more series there are for each seed, the more noise alone lets settings explain.
   */
  degrees: number
}

/** For each factor between the means of its levels, for interactions what is left between the series, for seeds that within them. */
function partsOf({ factors, levels, values }: Design): VariancePart[] {
  const all = values.flat()
  const centre = mean(all)
  const total = squaresOf(all)
  // Without one of the seeds, all values may be equal.
  const shareOf = (squares: number) => (total === 0 ? 0 : Math.max(0, (100 * squares) / total))
  const between = (groups: Iterable<readonly number[]>) =>
    [...groups].reduce((squares, group) => squares + group.length * (mean(group) - centre) ** 2, 0)
  const main = factors.map(({ name }, f) => {
    const rows = [...Map.groupBy(values.keys(), (row) => levels[row]![f]!).values()]
    const squares = between(rows.map((members) => members.flatMap((row) => values[row]!)))
    return { name, squares, degrees: rows.length - 1 }
  })
  const ofSeries = between(values)
  const interactions = {
    name: factors.length === 2 ? factors.map(({ name }) => name).join(' × ') : 'interactions',
    squares: ofSeries - sum(main.map(({ squares }) => squares)),
    degrees: values.length - 1 - sum(main.map(({ degrees }) => degrees)),
  }
  const seeds = { name: 'seeds', squares: total - ofSeries, degrees: all.length - values.length }
  const parts = [...main, ...(factors.length > 1 ? [interactions] : []), seeds]
  return parts.map(({ squares, ...part }) => ({ ...part, share: shareOf(squares) }))
}

/** Sum of squares around the mean; 0 where values are equal but for rounding. */
function squaresOf(values: readonly number[]): number {
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return squares <= values.length * (rounding * Math.max(...values.map(Math.abs))) ** 2 ? 0 : squares
}
