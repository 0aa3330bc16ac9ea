import { distinctBy } from '../../../../shared/basics/distinct.ts'
import { leftOutOf, type OfLeftOut } from '../../../../shared/evaluation/left-out.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { experimentLabels } from '../../runs/experiment-labels.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRuns } from '../../runs/references.ts'
import { seriesAmong } from './compared-series.ts'

/** What a question names. */
export interface Named {
  /** Empty: the runs of every experiment of which one is done. */
  runs: readonly string[]
  /** What else is compared. */
  among?: readonly string[] | undefined
}

/** Own runs that references mean, in any state; of none, those of every experiment of which one is done. */
export function namedRuns(store: Store, references: readonly string[]): RunRow[] {
  return references.length === 0 ? besideDone(store) : resolveOwn(store, references)
}

/** Runs beside which they are compared. */
export const runsAmong = (store: Store, references: readonly string[]): RunRow[] => resolveOwn(store, references, 'any')

function besideDone({ runs }: Store): RunRow[] {
  const experiments = new Set(runs.withStatus('done').map(({ experimentId }) => experimentId))
  return [...experiments]
    .flatMap((id) => runs.ofExperiment(id).filter(({ deletedAt }) => deletedAt === null))
    .sort((a, b) => a.position - b.position)
}

const resolveOwn = (store: Store, references: readonly string[], scope?: 'any') =>
  resolveRuns(store, splitReferences(store, references).runs, scope)

/** What is left out of the comparison of runs. */
export function leftOutAmong(store: Store, { runs: references, among = [] }: Named): OfLeftOut {
  const named = namedRuns(store, references)
  const beside = runsAmong(store, among).filter(({ deletedAt }) => deletedAt === null)
  const series = seriesAmong(store, among, { runs: named, imports: [] })
  const labels = experimentLabels(store, [...named, ...beside])
  const inWords = (run: RunRow) => ({ ...run, experiment: labels.get(run.experimentId)!, ...series.of(run) })
  const waiting = beside.filter(({ status }) => status !== 'done')
  return leftOutOf(distinctBy([...named, ...waiting], ({ id }) => id).map(inWords), beside.map(inWords))
}
