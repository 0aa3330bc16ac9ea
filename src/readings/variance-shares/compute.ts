import type { z } from 'zod'
import { criticalT } from '../../main/engine/evaluation/student.ts'
import { fewestTestedPairs } from '../../shared/paired.ts'
import { plural } from '../../shared/format/numbers.ts'
import type { Factor } from '../../shared/series-factor.ts'
import { mean } from '../../shared/statistics.ts'
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
  const seeds = (series[0]?.seeds ?? []).filter((seed) => series.every((each) => each.seeds.includes(seed)))
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
  const combinations = levels.reduce((set, each) => set.add(each.join()), new Set<string>()).size
  const counts = factors.map((_, f) => new Set(levels.map((each) => each[f])).size)
  const full = counts.reduce((product, count) => product * count, 1)
  if (combinations === full && levels.length === full) return null
  return `The design is unbalanced: ${combinations} of ${plural(full, 'combination')} of these settings. Shares of the variance would depend on which are missing.`
}

/** Shares with intervals by the jackknife over seeds, `θ ± t₀.₉₇₅(n − 1) · √((n − 1) / n · Σ (θ₋ᵢ − θ̄)²)`, within 0 … 100 %. */
function withIntervals(design: Design): VarianceScope['shares'] {
  const names = [
    ...design.factors.map(({ name }) => name),
    ...(design.factors.length > 1
      ? [design.factors.length === 2 ? design.factors.map(({ name }) => name).join(' × ') : 'interactions']
      : []),
    'seeds',
  ]
  const shares = sharesOf(design)
  const noise = noiseOf(design)
  const seedCount = design.values[0]!.length
  const without = Array.from({ length: seedCount < fewestTestedPairs ? 0 : seedCount }, (_, left) =>
    sharesOf({ ...design, values: design.values.map((row) => row.filter((_value, seed) => seed !== left)) }),
  )
  return names.map((name, at) => {
    const found = { name, share: shares[at]!, noise: noise[at]! }
    if (without.length === 0) return { ...found, interval: null }
    const others = without.map((each) => each[at]!)
    const squares = others.reduce((sum, each) => sum + (each - mean(others)) ** 2, 0)
    const margin = criticalT(0.95, seedCount - 1) * Math.sqrt(((seedCount - 1) / seedCount) * squares)
    return { ...found, interval: [Math.max(0, found.share - margin), Math.min(100, found.share + margin)] }
  })
}

/**
 * Expected shares, in %, where settings change nothing, whatever the distribution of the values: degrees of freedom over those of all
 * values. The more series there are for each seed, the more noise alone lets settings explain.
 */
function noiseOf({ factors, levels, values }: Design): number[] {
  const main = factors.map((_, f) => new Set(levels.map((each) => each[f])).size - 1)
  const interactions = values.length - 1 - main.reduce((sum, each) => sum + each, 0)
  const all = values.flat().length
  const degrees = [...main, ...(factors.length > 1 ? [interactions] : []), all - values.length]
  return degrees.map((each) => (100 * each) / (all - 1))
}

/**
 * Of a balanced design: sums of squares in % of that of all values. For each factor between the means of its levels, for interactions
 * what is left between the series, for seeds that within them.
 */
function sharesOf({ factors, levels, values }: Design): number[] {
  const all = values.flat()
  const centre = mean(all)
  const total = squaresOf(all)
  const between = (groups: Iterable<readonly number[]>) =>
    [...groups].reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0)
  const main = factors.map((_, f) => {
    const rows = Map.groupBy(values.keys(), (row) => levels[row]![f]!)
    return between([...rows.values()].map((members) => members.flatMap((row) => values[row]!)))
  })
  const ofSeries = between(values)
  const interactions = ofSeries - main.reduce((sum, each) => sum + each, 0)
  // Without one of the seeds, all values may be equal.
  const percent = (squares: number) => (total === 0 ? 0 : Math.max(0, (100 * squares) / total))
  return [...main, ...(factors.length > 1 ? [interactions] : []), total - ofSeries].map(percent)
}

/** Sum of squares around the mean; 0 where values are equal but for rounding. */
function squaresOf(values: readonly number[]): number {
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return squares <= values.length * (rounding * Math.max(...values.map(Math.abs))) ** 2 ? 0 : squares
}
