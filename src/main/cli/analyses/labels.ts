import type { AnalysedRun } from '../../../shared/evaluation/analysis.ts'
import { runLabels } from '../../../readings/analyses/run-labels.ts'

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
