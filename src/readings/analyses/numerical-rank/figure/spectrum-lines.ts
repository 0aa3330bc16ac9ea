import type { NumericalRankParameters, NumericalRankResult } from '../schema.ts'
import { meanStd } from '../../../../shared/statistics/statistics.ts'
import { rankTolerance } from '../rank-tolerance.ts'
import type { BlockSubject, SeriesResults } from '../../series-results.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { MeanStd } from '../../../../shared/evaluation/evaluation.ts'

/** Spectrum of one block's features, a line for each series. */
export interface SpectrumData {
  block: number
  /** Counted values: eigenvalues or singular values. */
  values: 'eigenvalue' | 'singular value'
  lines: readonly SpectrumLine[]
  /** Fraction of the largest value above which values count towards the rank. */
  tolerance: number
  /** Data of the computation, in one line. */
  note: string
}

export interface SpectrumLine {
  regime: string
  /** Its name; the regime where nothing is swept. */
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  seeds: readonly number[]
  /** Ascending places from 1; mean and standard deviation over seeds of log₁₀ (value / largest). */
  points: readonly SpectrumPoint[]
  /** Number of values above the tolerance. */
  rank: MeanStd
}

interface SpectrumPoint extends MeanStd {
  index: number
}

type RankedBlock = NumericalRankResult['blocks'][number]

/** The spectrum behind one block's rank, a line for each series that has it; null where none has. */
export function spectrumLines(
  regimes: readonly SeriesResults<NumericalRankResult>[],
  { block, parameters, note }: { block: number; parameters: NumericalRankParameters; note: string },
): SpectrumData | null {
  const found = regimes.map(({ regime, series, look, seeds, results }) => ({
    regime,
    series,
    look,
    ranked: results.flatMap(({ blocks, samples }, index) =>
      blocks.filter((each) => each.block === block).map((each) => ({ ...each, samples, seed: seeds[index]! })),
    ),
  }))
  const [first] = found.flatMap(({ ranked }) => ranked)
  if (!first) return null
  return {
    block,
    note,
    values: parameters.definition === 'covariance' ? 'eigenvalue' : 'singular value',
    tolerance: rankTolerance(parameters, first.samples, first.usedFeatures),
    lines: found.flatMap(({ ranked, ...of }): SpectrumLine[] =>
      ranked.length === 0
        ? []
        : [
            {
              ...of,
              seeds: ranked.map(({ seed }) => seed),
              points: pointsOf(ranked),
              rank: meanStd(ranked.map(({ rank }) => rank)),
            },
          ],
    ),
  }
}

/** The spectrum of a block of exported results. @throws ExitlabError `usage` where no run has it. */
export function spectrumAt(
  { regimes, surroundings: { note, blockCount } }: BlockSubject<NumericalRankResult>,
  { block, parameters }: { block: number; parameters: NumericalRankParameters },
): SpectrumData {
  const data = spectrumLines(regimes, { block, parameters, note: `${note} · block ${block}` })
  if (data) return data
  throw new ExitlabError('usage', `There is no block ${block}: expected one of 0 to ${blockCount - 1}.`)
}

/** Over the places that all seeds have with a value above 0: its logarithm is averaged, as the figure shows it. */
function pointsOf(seeds: readonly RankedBlock[]): SpectrumPoint[] {
  const byIndex = Map.groupBy(
    seeds.flatMap(({ spectrum }) => spectrum.filter(({ value }) => value > 0)),
    ({ index }) => index,
  )
  return [...byIndex]
    .filter(([, places]) => places.length === seeds.length)
    .map(([index, places]) => ({ index, ...meanStd(places.map(({ value }) => Math.log10(value))) }))
    .toSorted((a, b) => a.index - b.index)
}
