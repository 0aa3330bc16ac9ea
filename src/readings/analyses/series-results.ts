import { byRegime } from '../../shared/methods/regime-names.ts'
import { seriesLooks } from '../../shared/experiment/series.ts'
import { canonicalJson } from '../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { NetworkOutline } from '../../shared/network/network.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import type { Found, FoundRun } from './analysis.ts'

/** Result of one run's analysis. */
export interface RunResult<Result> {
  regime: string
  /** Name of its series; the regime where nothing is swept. */
  series: string
  seed: number
  result: Result
  /** Whether it is complete: while it is computed there are fewer blocks. */
  whole: boolean
}

/** The results of one series, one a seed. */
export interface SeriesResults<Result> {
  regime: string
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
 * Results by regime, in the order of regimes, and series. Complete ones count alone where a series has one, so that no
 * mean is over other seeds at one block than at the next.
 */
export function seriesResults<Result>(all: readonly RunResult<Result>[]): SeriesResults<Result>[] {
  const ordered = byRegime(all)
  const looks = seriesLooks(ordered)
  return [...Map.groupBy(ordered, ({ series }) => series)].map(([series, members]): SeriesResults<Result> => {
    const complete = members.filter(({ whole }) => whole)
    const counted = (complete.length > 0 ? complete : members).toSorted((a, b) => a.seed - b.seed)
    return {
      regime: members[0]!.regime,
      series,
      look: looks.get(series)!,
      seeds: counted.map(({ seed }) => seed),
      results: counted.map(({ result }) => result),
      whole: complete.length > 0,
    }
  })
}

/** The blocks that all results of a series have, ascending, each with its values in the order of the seeds. */
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

/** Results about the blocks of one network, by series. */
export interface BlockSubject<Result> {
  regimes: SeriesResults<Result>[]
  /** How it was counted or estimated, as parts of a sentence. */
  reading: string[]
  /** Other data of a figure: the network's blocks and exits, and the note below it. */
  surroundings: { blockCount: number; exits: number[]; note: string }
}

/** @throws ExitlabError `usage` if the runs have networks that no sweep distinguishes, or two have the same series and seed. */
export function blockSubject<Result>(
  { answers, subjects }: Found<unknown, Result>,
  readingOf: (outline: NetworkOutline) => string[],
): BlockSubject<Result> {
  const results = answers.map(({ runs: [run], result, whole }) => ({ ...run!, result, whole }))
  if (!areComparable(results)) throw severalNetworks()
  const names = results.map(({ series, seed }) => `${series}, seed ${seed}`)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) throw sameRun(twice)
  const { outline } = results[0]!
  const reading = readingOf(outline)
  const note = [subjects.map((each) => plainText(each, 60)).join(', '), ...reading].join(' · ')
  const surroundings = { ...outline, note }
  return { regimes: seriesResults(results), reading, surroundings }
}

/** Whether runs, at least one, can be compared block by block: all have one network, or, in sweeps that name it with the series, one backbone with one head a series. */
export function areComparable(runs: readonly Pick<FoundRun, 'regime' | 'series' | 'network'>[]): boolean {
  const distinct = (texts: readonly string[]) => new Set(texts).size
  const networks = runs.map(({ network }) => canonicalJson(network))
  if (distinct(networks) === 1) return true
  return (
    runs.every(({ regime, series }) => series !== regime) &&
    distinct(runs.map(({ network }) => canonicalJson({ ...network, head: '' }))) === 1 &&
    distinct(runs.map(({ series }, index) => series + networks[index]!)) === distinct(runs.map(({ series }) => series))
  )
}

function severalNetworks(): ExitlabError {
  return new ExitlabError(
    'usage',
    'These analyses are of different networks. Expected one network, or one backbone with the heads of a sweep, so that lines differ only in regimes or swept settings.',
  )
}

function sameRun(name: string): ExitlabError {
  return new ExitlabError('usage', `Two of these analyses are of ${name}: expected one of each series and seed.`)
}
