import type { AnalysedRun } from '../../../shared/evaluation/analysis.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'

/** Fields of a run in an analysis. */
export function analysedRun(store: Store, { id, name, regime, seed, seriesId }: RunRow): AnalysedRun {
  return { id, name, regime, series: store.series.nameOf(seriesId), seed }
}
