import { rm } from 'node:fs/promises'
import type { Store } from '../store/open.ts'
import { checkpointFolder, evaluationFile } from '../store/workspace.ts'
import { sizeOf } from './disk-use.ts'

/**
 * Removes runs for good, with the phases, checkpoints and evaluations that no other run needs. The store goes first: a
 * crash in between leaves files that nobody refers to, never references to files that are gone. Returns the bytes freed.
 */
export async function purgeRuns(store: Store, ids: readonly string[]): Promise<number> {
  const phases = store.transaction(() => {
    ids.forEach((id) => store.runs.remove(id))
    store.experiments.removeUnused()
    return removeUnusedPhases(store)
  })
  const paths = phases.flatMap((id) => [checkpointFolder(store.workspace, id), evaluationFile(store.workspace, id)])
  let freed = 0
  for (const path of paths) {
    freed += await sizeOf(path)
    await rm(path, { recursive: true, force: true })
  }
  return freed
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
