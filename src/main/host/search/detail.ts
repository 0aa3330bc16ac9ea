import type { SearchDetail, SearchSummary } from '../../../contract/searches.ts'
import { regimeLooks } from '../../../shared/experiment/series.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import type { EvaluationSources } from '../comparison/evaluation/evaluation-reader.ts'
import { wasCut } from './control-search.ts'
import { knownSoFar, ladderOf } from './ladder.ts'
import { isDecided, rankingOf, winnerOf } from './ranking.ts'
import { usedByAll } from './rung-runs.ts'
import { shownTest } from './shown-test.ts'
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
export async function detailOf(services: EvaluationSources, search: SearchRow): Promise<SearchDetail> {
  const { store } = services
  const { record, rule } = search
  const soFar = await knownSoFar(services, search)
  const { task, candidates } = record
  const scale = primaryMetric(record)
  const looks = regimeLooks(candidates)
  const winner = winnerOf(record, scale)
  const last = record.rungs.at(-1)
  const test = last && shownTest(store, record, last)
  return {
    ...summaryOf(store, search),
    rule,
    ...(task && { task }),
    series: candidates.map((each) => ({ ...each, look: looks.get(each.regime)! })),
    ladder: ladderOf(store, search, soFar),
    decisions: decisionsOf(search),
    wantsHours: search.status === 'done' && wasCut(search),
    ranking: rankingOf(record, scale).map(({ rung, ...each }) => ({
      ...each,
      rung: rung === null ? null : rung + 1,
      test: test?.get(each.candidate) ?? null,
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
