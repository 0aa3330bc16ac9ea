import { regimeNames } from '../shared/regime-names.ts'
import type { RegimeName } from '../shared/phase.ts'
import { seriesLooks } from '../shared/series.ts'

/** What one run's analysis gave. */
export interface RunResult<Result> {
  regime: RegimeName
  /** Name of its series; the regime where nothing is swept. */
  series: string
  seed: number
  result: Result
  /** Whether it is complete: while it is computed there are fewer blocks. */
  whole: boolean
}

/** The results of one series, one a seed. */
export interface SeriesResults<Result> {
  regime: RegimeName
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  /** Ascending. */
  seeds: number[]
  /** In the order of the seeds. */
  results: Result[]
  /** Whether they are complete. */
  whole: boolean
}

/**
 * Results by regime, in the regimes' usual order, and series. Complete ones count alone where a series has one, so that no
 * mean is over other seeds at one block than at the next.
 */
export function seriesResults<Result>(all: readonly RunResult<Result>[]): SeriesResults<Result>[] {
  const ordered = regimeNames.flatMap((regime) => all.filter((each) => each.regime === regime))
  const looks = seriesLooks(ordered)
  return [...Map.groupBy(ordered, ({ series }) => series)].map(([series, members]): SeriesResults<Result> => {
    const complete = members.filter(({ whole }) => whole)
    const counted = (complete.length > 0 ? complete : members).toSorted((a, b) => a.seed - b.seed)
    return {
      ...{ regime: members[0]!.regime, series, look: looks.get(series)! },
      seeds: counted.map(({ seed }) => seed),
      results: counted.map(({ result }) => result),
      whole: complete.length > 0,
    }
  })
}

/** The blocks that all results of a series have, ascending, each with what they say of it in the order of the seeds. */
export function sharedBlocks<Block extends { block: number }>(
  results: readonly { blocks: readonly Block[] }[],
): { block: number; values: Block[] }[] {
  const byBlock = Map.groupBy(
    results.flatMap(({ blocks }) => blocks),
    ({ block }) => block,
  )
  return [...byBlock]
    .filter(([, values]) => values.length === results.length)
    .map(([block, values]) => ({ block, values }))
    .toSorted((a, b) => a.block - b.block)
}
