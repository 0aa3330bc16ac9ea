import type { AnalysedRun } from '../../../shared/analysis.ts'
import type { RunRow } from '../../store/runs.ts'

/** What an analysis tells of a run. */
export function analysedRun({ id, name, regime, seed }: RunRow): AnalysedRun {
  return { id, name, regime, seed }
}
