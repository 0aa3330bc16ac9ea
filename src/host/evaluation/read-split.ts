import { closedSweeps, splitOf } from '../../readings/read-on.ts'
import type { ReadSplit } from '../../shared/read-on.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { experimentLabels } from '../runs/experiment-labels.ts'
import { splitReferences } from '../runs/import-references.ts'
import { resolveRuns } from '../runs/references.ts'

interface Asked {
  /** Empty: every run that is done. */
  runs: readonly string[]
  /** What else is compared. */
  among?: readonly string[] | undefined
  split?: ReadSplit | undefined
}

export type SplitFor = (split?: ReadSplit) => ReadSplit

/**
 * The samples that a question is read on, by all that is compared; which sweeps are closed is looked up once. What is returned throws
 * ExitlabError `conflict` for test values that are closed.
 */
export function splitsOf(store: Store, { split: asked, ...compared }: Asked): SplitFor {
  let closed: string[] | null = null
  return (split = asked) => splitOf(split === 'validation' ? [] : (closed ??= closedAmong(store, compared)), split)
}

/** Names of the experiments among those compared whose test values are closed. What has no result yet is compared, too. */
export function closedAmong(store: Store, { runs: asked, among = [] }: Omit<Asked, 'split'>): string[] {
  const named = asked.length === 0 ? besideDone(store) : resolveOwn(store, asked)
  const runs = [...named, ...resolveOwn(store, among, 'any')]
  const labels = experimentLabels(store, runs)
  const compared = [...Map.groupBy(runs, ({ seriesId }) => seriesId).values()].map(([run]) => ({
    experiment: labels.get(run!.experimentId)!,
    regime: run!.regime,
    series: String(run!.seriesId),
    testOpenedAt: store.experiments.testOpenedAt(run!.experimentId) ?? undefined,
  }))
  return closedSweeps(compared)
}

/** The runs of every experiment of which one is done. */
function besideDone({ runs }: Store): RunRow[] {
  const experiments = new Set(runs.withStatus('done').map(({ experimentId }) => experimentId))
  return [...experiments].flatMap((id) => runs.ofExperiment(id).filter(({ deletedAt }) => deletedAt === null))
}

const resolveOwn = (store: Store, references: readonly string[], scope?: 'any') =>
  resolveRuns(store, splitReferences(store, references).runs, scope)
