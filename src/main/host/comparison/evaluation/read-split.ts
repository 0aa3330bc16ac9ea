import { closedSweeps, splitOf } from '../../../../readings/read-on.ts'
import type { ReadSplit } from '../../../../shared/evaluation/read-on.ts'
import type { Store } from '../../../store/open.ts'
import { experimentLabels } from '../../runs/experiment-labels.ts'
import { namedRuns, runsAmong, type Named } from './named-runs.ts'

interface SplitQuestion extends Named {
  split?: ReadSplit | undefined
}

export type SplitFor = (split?: ReadSplit) => ReadSplit

/**
 * The samples that a question is read on, by all that is compared; which sweeps are closed is looked up once. What is returned throws
 * ExitlabError `conflict` for test values that are closed.
 */
export function splitsOf(store: Store, { split: asked, ...compared }: SplitQuestion): SplitFor {
  let closed: string[] | null = null
  return (split = asked) => splitOf(split === 'validation' ? [] : (closed ??= closedAmong(store, compared)), split)
}

/** Names of the experiments among those compared whose test values are closed. What has no result yet is compared, too. */
export function closedAmong(store: Store, { runs: asked, among = [] }: Named): string[] {
  const runs = [...namedRuns(store, asked), ...runsAmong(store, among)]
  const labels = experimentLabels(store, runs)
  const compared = [...Map.groupBy(runs, ({ seriesId }) => seriesId).values()].map(([run]) => ({
    experiment: labels.get(run!.experimentId)!,
    regime: run!.regime,
    series: String(run!.seriesId),
    testOpenedAt: store.experiments.testOpenedAt(run!.experimentId) ?? undefined,
  }))
  return closedSweeps(compared)
}
