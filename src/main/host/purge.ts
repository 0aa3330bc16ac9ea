import { randomUUID } from 'node:crypto'
import { readdirSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Store } from '../store/open.ts'
import { checkpointFolder, evaluationFile, type Workspace } from '../store/workspace.ts'
import { sizeOf } from './disk-use.ts'

/** How the names begin of what is being removed. */
const doomedPrefix = '.purged-'

export interface Purged {
  /** Those that were still deleted. */
  runs: string[]
  /** Known once their files are gone. */
  freedBytes: Promise<number>
}

/**
 * Removes deleted runs for good, with the phases, checkpoints and evaluations that no other run needs. The store goes first,
 * and what it knows no more changes its name at once: whoever needs such a phase again does not meet its old files.
 */
export function purgeRuns(store: Store, ids: readonly string[]): Purged {
  const { runs, phases } = store.transaction(() => {
    // Others may have been restored while the caller waited for them to end.
    const runs = ids.filter((id) => (store.runs.get(id)?.deletedAt ?? null) !== null)
    runs.forEach((id) => store.runs.remove(id))
    store.experiments.removeUnused()
    return { runs, phases: removeUnusedPhases(store) }
  })
  const paths = phases.flatMap((id) => [checkpointFolder(store.workspace, id), evaluationFile(store.workspace, id)])
  return { runs, freedBytes: removeAll(paths.flatMap(doom)) }
}

/** Removes what a host that ended before its time left of a purge. */
export async function finishPurges({ checkpoints, evaluations }: Workspace): Promise<void> {
  const left = [checkpoints, evaluations].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(doomedPrefix))
      .map((name) => join(folder, name)),
  )
  await removeAll(left)
}

/** Gives a file or folder a name under which nobody looks for it; nothing where there is none. */
function doom(path: string): string[] {
  const doomed = join(dirname(path), doomedPrefix + randomUUID())
  try {
    renameSync(path, doomed)
    return [doomed]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Returns the bytes freed. */
async function removeAll(paths: readonly string[]): Promise<number> {
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
