import type { AnalysedRun } from '../../../shared/analysis.ts'
import { printable } from '../output/text.ts'

/** Labels of runs listed together: `joint, seed 1`, or their names if labels would repeat. */
function runLabels(runs: readonly AnalysedRun[]): (run: AnalysedRun) => string {
  const short = ({ series, seed }: AnalysedRun) => `${series}, seed ${seed}`
  const distinct = new Map(runs.map((run) => [run.id, run]))
  const names = new Set([...distinct.values()].map(short))
  return names.size === distinct.size ? short : ({ name }) => printable(name)
}

/** Labels of analyses: those of their runs, behind their kind if there are several. */
export function analysisLabels(analyses: readonly Labelled[]): (analysis: Labelled) => string {
  const label = runLabels(analyses.flatMap(({ runs }) => runs))
  const isMixed = new Set(analyses.map(({ kind }) => kind)).size > 1
  return ({ kind, runs }) => `${isMixed ? `${kind}, ` : ''}${runs.map(label).join(' – ')}`
}

interface Labelled {
  kind?: string
  runs: readonly AnalysedRun[]
}
