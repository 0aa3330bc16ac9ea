import type { Store } from '../../../store/open.ts'
import { keepReserve } from '../../../store/reserve.ts'
import { analysisFolder, checkpointFolder, formerEvaluationFile } from '../../../store/workspace.ts'
import { discard } from './tombstone.ts'

/**
 * Removes deleted runs for good, with the phases, checkpoints, evaluations and analyses that no other run needs. The store goes first.
 * @returns the runs that were deleted; analyses of one of them, and of no other run that ends in the same phase; and the bytes that are
 * free, once their files are gone.
 */
export function purgeRuns(store: Store, ids: readonly string[]) {
  const { runs, analyses, phases } = store.freeing(() => {
    // Others may have been restored while the caller waited for them to end.
    const runs = ids.filter((id) => (store.runs.get(id)?.deletedAt ?? null) !== null)
    runs.forEach((id) => store.runs.remove(id))
    store.experiments.removeUnused()
    const analyses = store.analyses.withoutRuns()
    analyses.forEach((id) => store.analyses.remove(id))
    return { runs, analyses, phases: removeUnusedPhases(store) }
  })
  const { workspace } = store
  const paths = [
    ...phases.flatMap((id) => [checkpointFolder(workspace, id), formerEvaluationFile(workspace, id)]),
    ...analyses.map((id) => analysisFolder(workspace, id)),
  ]
  const freedBytes = discard(paths)
  return { runs, analyses, freedBytes: freedBytes.finally(() => keepReserve(workspace)) }
}

/** A phase is needed by the phases that start from it, so the last ones go first. */
function removeUnusedPhases(store: Store): string[] {
  const removed: string[] = []
  for (let unused = store.phases.unused(); unused.length > 0; unused = store.phases.unused()) {
    unused.forEach((id) => store.phases.remove(id))
    removed.push(...unused)
  }
  return removed
}
