import type { AnalysedRun } from '../../../shared/analysis.ts'
import { printable } from '../output/text.ts'

/** What runs are called side by side: `joint, seed 1`, or by their names where that would name two. */
export function runLabels(runs: readonly AnalysedRun[]): (run: AnalysedRun) => string {
  const short = ({ series, seed }: AnalysedRun) => `${series}, seed ${seed}`
  const distinct = new Map(runs.map((run) => [run.id, run]))
  const names = new Set([...distinct.values()].map(short))
  return names.size === distinct.size ? short : ({ name }) => printable(name)
}

/** What analyses are called: by their runs. */
export function analysisLabels(
  analyses: readonly { runs: readonly AnalysedRun[] }[],
): (analysis: { runs: readonly AnalysedRun[] }) => string {
  const label = runLabels(analyses.flatMap(({ runs }) => runs))
  return ({ runs }) => runs.map(label).join(' – ')
}
