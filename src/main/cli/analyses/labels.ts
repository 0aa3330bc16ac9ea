import type { AnalysedRun } from '../../../shared/analysis.ts'
import { printable } from '../output/text.ts'

/** Labels of runs listed together: `joint, seed 1`, or their names if labels would repeat. */
export function runLabels(runs: readonly AnalysedRun[]): (run: AnalysedRun) => string {
  const short = ({ series, seed }: AnalysedRun) => `${series}, seed ${seed}`
  const distinct = new Map(runs.map((run) => [run.id, run]))
  const names = new Set([...distinct.values()].map(short))
  return names.size === distinct.size ? short : ({ name }) => printable(name)
}

/** Labels of analyses: those of their runs. */
export function analysisLabels(
  analyses: readonly { runs: readonly AnalysedRun[] }[],
): (analysis: { runs: readonly AnalysedRun[] }) => string {
  const label = runLabels(analyses.flatMap(({ runs }) => runs))
  return ({ runs }) => runs.map(label).join(' – ')
}
