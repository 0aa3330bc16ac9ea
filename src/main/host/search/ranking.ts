import type { SearchRecord } from '../../../shared/runs/search-record.ts'
import { significanceLevel } from '../../../readings/differences/pair.ts'
import type { PairedDifference } from '../../../shared/statistics/paired.ts'
import { pairedDifference } from '../../../engine/pure.ts'
import { meanScore, rankedScores, type Scale } from './promotion.ts'

/** The place of a candidate, and what decided it: what it scored in the last rung that it reached. */
interface RankedCandidate {
  candidate: number
  /** The last rung in which it was trained; null: in none. */
  rung: number | null
  /** null: it has none there. */
  score: ReturnType<typeof meanScore> | null
}

/** The winner of a search, as far as it got. */
export interface Winner {
  candidate: number
  rung: number
  /**
   * By how much it is better than the best other one, paired by seed, in the last rung in which it had a rival; null where it never
   * had one. Below 0 where that one was ahead of it and has no score in the rung after. The interval is corrected for the number of
   * rivals there (Bonferroni, method 7.16), as the winner is chosen by the same values.
   */
  lead: (PairedDifference & { rung: number; rival: number; rivals: number }) | null
}

/** All candidates, the best first: by the last rung that they reached, there by their scores. Scores of two rungs are never compared. */
export function rankingOf({ rungs, candidates }: SearchRecord, scale: Scale): RankedCandidate[] {
  const placed = new Map<number, RankedCandidate>()
  for (const { rung, entrants, end } of rungs.toReversed()) {
    for (const score of rankedScores(end?.scores ?? [], scale)) place(score.candidate, rung, meanScore(score, scale))
    for (const { candidate } of entrants) if (end !== null) place(candidate, rung, null)
  }
  candidates.forEach((_, candidate) => place(candidate, null, null))
  return [...placed.values()]

  function place(candidate: number, rung: number | null, score: RankedCandidate['score']): void {
    if (!placed.has(candidate)) placed.set(candidate, { candidate, rung, score })
  }
}

/** The first of the last rung with scores; null before there is one. */
export function winnerOf({ rungs }: Pick<SearchRecord, 'rungs'>, scale: Scale): Winner | null {
  const ended = rungs.toReversed().filter(({ end }) => end !== null && end.scores.length > 0)
  const last = ended[0]
  if (last === undefined) return null
  const { candidate } = rankedScores(last.end!.scores, scale)[0]!
  const rivalry = ended.find(({ end }) => end!.scores.length > 1)
  return { candidate, rung: last.rung, lead: rivalry ? leadIn(rivalry, candidate, scale) : null }
}

function leadIn({ rung, end }: SearchRecord['rungs'][number], candidate: number, scale: Scale): Winner['lead'] {
  const ranked = rankedScores(end!.scores, scale)
  const own = ranked.find((score) => score.candidate === candidate)!
  const rival = ranked.find((score) => score.candidate !== candidate)!
  const [better, worse] = scale.higherIsBetter ? [own, rival] : [rival, own]
  const rivals = ranked.length - 1
  const difference = pairedDifference(better.values, worse.values, 1 - significanceLevel / rivals)
  return { rung, rival: rival.candidate, rivals, ...difference }
}

/** Whether the winner leads beyond chance: its lead is tested, and the t interval is above 0 (method 7.17). */
export const isDecided = ({ lead }: Winner): boolean => lead !== null && lead.untested === null && lead.low! > 0
