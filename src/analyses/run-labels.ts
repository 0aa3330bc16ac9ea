import type { AnalysedRun } from '../shared/analysis.ts'

/** Labels of runs that are shown together: `joint, seed 1`, or their names where two of them would have the same label. */
export function runLabels(runs: readonly AnalysedRun[]): (run: AnalysedRun) => string {
  const bySeed = ({ series, seed }: AnalysedRun) => `${series}, seed ${seed}`
  const distinct = new Map(runs.map((run) => [run.id, run]))
  const labels = new Set([...distinct.values()].map(bySeed))
  return labels.size === distinct.size ? bySeed : ({ name }) => name
}
