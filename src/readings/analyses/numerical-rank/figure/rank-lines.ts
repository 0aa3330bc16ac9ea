import type { NumericalRankResult } from '../schema.ts'
import type { BlockLimit, BlockLinesData } from '../../../../figures/block-lines-data.ts'
import { meanStd } from '../../../../shared/statistics/statistics.ts'
import { sharedBlocks, type SeriesResults } from '../../series-results.ts'

export const rankMeasures = ['count', 'share'] as const
/** `count`: directions; `share`: in % of full rank, min(n, m) of n samples by m features. */
export type RankMeasure = (typeof rankMeasures)[number]

type RankedBlock = NumericalRankResult['blocks'][number]

/** Numerical rank of each block, a line for each series. */
export function rankLines(
  regimes: readonly SeriesResults<NumericalRankResult>[],
  { measure, ...surroundings }: { measure: RankMeasure } & Pick<BlockLinesData, 'blockCount' | 'exits' | 'note'>,
): BlockLinesData {
  const inPercent = measure === 'share'
  return {
    ...surroundings,
    title: inPercent ? 'Numerical rank (% of full rank)' : 'Numerical rank (directions)',
    subject: inPercent ? 'Numerical rank in % of full rank' : 'Numerical rank',
    decimals: regimes.every(({ seeds }) => seeds.length === 1) && !inPercent ? 0 : 1,
    fromZero: true,
    lines: regimes.map(({ regime, series, look, seeds, results }) => ({
      regime,
      series,
      look,
      seeds,
      points: sharedBlocks(results).map(({ block, values }) => ({
        block,
        ...meanStd(values.map((value) => rankOf(value, measure))),
      })),
    })),
    limit: inPercent ? null : fullRank(regimes),
  }
}

/** Of one run: as a number of directions, or in % of full rank. */
function rankOf({ rank, full }: Pick<RankedBlock, 'rank' | 'full'>, measure: RankMeasure): number {
  return measure === 'share' ? (100 * rank) / full : rank
}

/** The same for all runs of one network: of several the first that has a block says it. */
function fullRank(regimes: readonly SeriesResults<NumericalRankResult>[]): BlockLimit {
  const full = new Map<number, number>()
  for (const each of regimes.flatMap(({ results }) => results.flatMap(({ blocks }) => blocks))) {
    if (!full.has(each.block)) full.set(each.block, each.full)
  }
  const points = [...full].map(([block, value]) => ({ block, value })).toSorted((a, b) => a.block - b.block)
  return { name: 'full rank', points }
}
