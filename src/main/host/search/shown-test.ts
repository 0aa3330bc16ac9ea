import { closedSweeps } from '../../../readings/read-on.ts'
import type { RungRecord, SearchRecord } from '../../../shared/runs/search-record.ts'
import type { MeanStd } from '../../../shared/evaluation/evaluation.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { Store } from '../../store/open.ts'
import { rankedScores } from './promotion.ts'

/** Test values of a rung by candidate: of a sweep that of the best alone, until its test values are opened (method 7.19). */
export function shownTest(store: Store, record: SearchRecord, rung: RungRecord): ReadonlyMap<number, MeanStd> {
  const { test = [], scores = [] } = rung.end ?? {}
  const best = isClosed(store, record, rung) ? rankedScores(scores, primaryMetric(record))[0]?.candidate : undefined
  const shown = test.map((each, index) => [scores[index]!.candidate, each] as const)
  return new Map(shown.filter(([candidate]) => best === undefined || candidate === best))
}

function isClosed({ experiments }: Store, { candidates }: SearchRecord, { experiment, entrants }: RungRecord): boolean {
  const testOpenedAt = experiments.testOpenedAt(experiment) ?? undefined
  const series = entrants.map(({ candidate }) => candidates[candidate]!)
  return closedSweeps(series.map(({ name, regime }) => ({ experiment, regime, series: name, testOpenedAt }))).length > 0
}
