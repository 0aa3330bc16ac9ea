import type { RunRow } from '../../store/runs.ts'
import type { Store } from '../../store/open.ts'

/** Names of the experiments of runs, by their ids. Experiments with the same name are distinguished by their ids. */
export function experimentLabels({ experiments }: Store, runs: readonly RunRow[]): Map<string, string> {
  const names = new Map(runs.map(({ experimentId }) => [experimentId, experiments.nameOf(experimentId)]))
  const namesakes = Map.groupBy(names, ([, name]) => name)
  const labelOf = (id: string, name: string) =>
    namesakes.get(name)!.length === 1 ? name : `${name} (${id.slice(0, 6)})`
  return new Map([...names].map(([id, name]) => [id, labelOf(id, name)]))
}
