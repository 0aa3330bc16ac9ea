import type { SearchRung } from '../../../contract/searches.ts'
import { ticksAround } from '../../../figures/ticks.ts'

type Entry = SearchRung['entries'][number]
export type ScoredEntry = Entry & { score: NonNullable<Entry['score']> }

/** Candidates of one rung, the best first, on a scale of their own: scores of two rungs are never compared. */
export interface RungRanking {
  title: string
  scored: ScoredEntry[]
  /** Candidates that are still trained in it. */
  open: number
  ticks: number[]
}

/** The rung that was started last, and those that the one before it dropped. */
export function rankingsOf(ladder: readonly SearchRung[], metric: { higherIsBetter: boolean }): RungRanking[] {
  const [latest, before] = ladder.filter(({ state }) => state !== 'planned').toReversed()
  if (latest === undefined) return []
  const goOn = new Set(latest.entries.map(({ candidate }) => candidate))
  const dropped = (before?.entries ?? []).filter(({ candidate }) => !goOn.has(candidate))
  const rankings = [
    rankingOf(`Rung ${latest.number}${latest.state === 'running' ? ', in training' : ''}`, latest.entries, metric),
    rankingOf(`Rung ${before?.number}, dropped`, dropped, metric),
  ]
  return rankings.filter(({ scored, open }) => scored.length + open > 0)
}

function rankingOf(
  title: string,
  entries: readonly Entry[],
  { higherIsBetter }: { higherIsBetter: boolean },
): RungRanking {
  const sign = higherIsBetter ? -1 : 1
  const scored = entries.filter((entry): entry is ScoredEntry => entry.score !== null)
  const ends = scored.flatMap(({ score: { mean, error } }) => [mean - (error ?? 0), mean + (error ?? 0)])
  return {
    title,
    scored: scored.toSorted((a, b) => sign * (a.score.mean - b.score.mean)),
    open: entries.filter(({ outcome }) => outcome === 'training').length,
    ticks: scored.length === 0 ? [] : ticksAround(Math.min(...ends), Math.max(...ends), 4),
  }
}
