import type { AnalysedRun } from '../../shared/evaluation/analysis.ts'
import { distinctLabels } from '../../shared/runs/short-ids.ts'

/** Labels of runs that are shown together: `joint, seed 1`, or their names where two of them would have the same label, with their ids where they share them. */
export function runLabels(runs: readonly AnalysedRun[]): (run: AnalysedRun) => string {
  const bySeed = ({ series, seed }: AnalysedRun) => `${series}, seed ${seed}`
  const distinct = new Map(runs.map((run) => [run.id, run]))
  const labels = new Set([...distinct.values()].map(bySeed))
  if (labels.size === distinct.size) return bySeed
  const names = distinctLabels(new Map(runs.map(({ id, name }) => [id, name])))
  return ({ id }) => names.get(id)!
}
