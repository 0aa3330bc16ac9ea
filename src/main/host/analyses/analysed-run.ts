import type { AnalysedRun } from '../../../shared/analysis.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'

/** What an analysis tells of a run. */
export function analysedRun(store: Store, { id, name, regime, seed, seriesId }: RunRow): AnalysedRun {
  return { id, name, regime, series: store.series.nameOf(seriesId), seed }
}
