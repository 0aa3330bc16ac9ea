import type { SearchDetail, SearchRung, SearchSummary } from '../../../contract/searches.ts'
import type { RungRecord, SearchRecord } from '../../../shared/search-record.ts'
import { seriesLooks } from '../../../shared/series.ts'
import { mean } from '../../../shared/statistics.ts'
import { primaryMetric } from '../../../shared/task.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import { rankedScores, standardError } from './promotion.ts'
import { isDecided, rankingOf, winnerOf } from './ranking.ts'
import { runsOfRung, usedByAll, usedSeconds } from './rung-runs.ts'
import { decisionsOf, winnerSentence } from './sentences.ts'
import { winnerFile } from './winner-file.ts'

export function summaryOf(store: Store, search: SearchRow): SearchSummary {
  const { id, name, status, error, budget, hours, createdAt, finishedAt, record } = search
  const winner = winnerOf(record, primaryMetric(record))
  const rung = record.rungs.at(-1)?.rung
  return {
    ...{ id, name, status, error, budget, hours, createdAt, finishedAt },
    usedSeconds: usedByAll(store, record),
    candidates: record.candidates.filter(({ out }) => out === null).length,
    rungs: record.plan.length,
    rung: rung === undefined ? null : rung + 1,
    leader: winner && record.candidates[winner.candidate]!.name,
  }
}

/** All that is known of a search. */
export function detailOf(store: Store, search: SearchRow): SearchDetail {
  const { record, rule } = search
  const { task, candidates } = record
  const scale = primaryMetric(record)
  const looks = seriesLooks(candidates.map(({ regime, name }) => ({ regime, series: name })))
  const winner = winnerOf(record, scale)
  const test = testOf(record)
  return {
    ...summaryOf(store, search),
    rule,
    ...(task && { task }),
    series: candidates.map((each) => ({ ...each, look: looks.get(each.name)! })),
    ladder: ladderOf(store, search),
    decisions: decisionsOf(search),
    ranking: rankingOf(record, scale).map(({ rung, ...each }) => ({
      ...each,
      rung: rung === null ? null : rung + 1,
      test: test.get(each.candidate) ?? null,
    })),
    winner: winner && {
      candidate: winner.candidate,
      sentence: winnerSentence(search, winner),
      isDecided: isDecided(winner),
      untested: winner.lead?.untested ?? null,
      file: winnerFile(search, winner.candidate),
    },
  }
}

/** Test values by candidate, of the last rung alone. */
function testOf({ rungs }: SearchRecord) {
  const { test = [], scores = [] } = rungs.at(-1)?.end ?? {}
  return new Map(test.map((each, index) => [scores[index]!.candidate, each]))
}

function ladderOf(store: Store, { record, status }: SearchRow): SearchRung[] {
  const latest = record.rungs.at(-1)?.rung ?? -1
  return record.plan.flatMap(({ epochs, seeds, candidates, seconds }, place): SearchRung[] => {
    const rung = record.rungs.find((each) => each.rung === place)
    if (rung === undefined && place < latest) return []
    const next = record.rungs[record.rungs.indexOf(rung!) + 1]
    const known = { number: place + 1, epochs, seeds }
    if (rung === undefined) {
      const planned = { candidates, experiment: null, plannedSeconds: seconds, usedSeconds: 0, entries: [] }
      return [{ ...known, state: 'planned', ...planned }]
    }
    const isOver = status === 'done' && rung === record.rungs.at(-1)
    return [
      {
        ...known,
        state: rung.end === null ? 'running' : 'done',
        candidates: rung.entrants.length,
        experiment: rung.enrolled ? (store.experiments.get(rung.experiment)?.name ?? null) : null,
        plannedSeconds: rung.plannedSeconds,
        usedSeconds: usedSeconds(store, rung),
        entries: entriesOf(store, record, { rung, next, isOver }),
      },
    ]
  })
}

type Entry = SearchRung['entries'][number]

/** The best first where the rung has ended; those without a score last. */
function entriesOf(
  store: Store,
  record: SearchRecord,
  { rung, next, isOver }: { rung: RungRecord; next: RungRecord | undefined; isOver: boolean },
): Entry[] {
  const scale = primaryMetric(record)
  const scores = rankedScores(rung.end?.scores ?? [], scale)
  const trained = new Map(runsOfRung(store, rung).map(({ candidate, runs }) => [candidate, runs]))
  const order = new Set([...scores.map(({ candidate }) => candidate), ...rung.entrants.map((each) => each.candidate)])
  return [...order].map((candidate) => {
    const score = scores.find((each) => each.candidate === candidate)
    const place = rung.end?.scores.findIndex((each) => each.candidate === candidate) ?? -1
    return {
      candidate,
      outcome: outcomeOf(candidate, { rung, next, isWinner: isOver && scores[0]?.candidate === candidate }),
      why: rung.end?.out.find((each) => each.candidate === candidate)?.why ?? null,
      score: score ? { mean: mean(score.values), error: standardError(score, scale), n: score.values.length } : null,
      test: rung.end?.test?.[place] ?? null,
      runs: (trained.get(candidate) ?? []).map(({ id }) => id),
    }
  })
}

function outcomeOf(
  candidate: number,
  { rung, next, isWinner }: { rung: RungRecord; next: RungRecord | undefined; isWinner: boolean },
): Entry['outcome'] {
  if (rung.end === null) return 'training'
  if (rung.end.out.some((each) => each.candidate === candidate)) return 'out'
  if (isWinner) return 'winner'
  if (next === undefined) return 'scored'
  const entrant = next.entrants.find((each) => each.candidate === candidate)
  if (entrant) return entrant.because === 'within' ? 'within' : 'goes-on'
  return next.leftOut.includes(candidate) ? 'left-out' : 'dropped'
}
