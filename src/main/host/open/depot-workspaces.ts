import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { refuseOddPlace } from '../../../files/odd-path.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { acquireHostLock, type HostLock } from '../../store/lock.ts'
import { openStoreReadOnly } from '../../store/open.ts'
import { workspaceAt, type Workspace } from '../../store/workspace.ts'

/**
 * Ids of all phases that a workspace knows, those of deleted runs included until they are purged; whether or not a host has it open.
 * @throws ExitlabError `not-found` where the folder is no workspace, `workspace-too-new`, `workspace-damaged`
 */
export function phasesOfWorkspace(folder: string): string[] {
  refuseOddPlace(folder)
  const { database } = workspaceAt(folder)
  if (!existsSync(database))
    throw new ExitlabError(
      'not-found',
      `${folder} is not a workspace: ${existsSync(folder) ? `it has no ${basename(database)}` : 'there is no such folder'}. ` +
        `Nothing was removed. Give the folder of a workspace.`,
    )
  const store = openStoreReadOnly(folder)
  if (store === null)
    throw new ExitlabError(
      'conflict',
      `The workspace ${folder} was written by an earlier Exitlab. Nothing was removed. Open it once with this version, then repeat the command.`,
      { command: ['list', '--workspace', folder] },
    )
  try {
    return store.phases.ids()
  } finally {
    store.close()
  }
}

/** The workspace whose own checkpoints a depot is, whatever links lead there; null where it is none's. */
export function workspaceOfDepot(depot: string): string | null {
  if (!existsSync(depot)) return null
  const folders = [depot, realpathSync(depot)].map(dirname)
  return folders.find((folder) => isCheckpointsOf(depot, workspaceAt(folder))) ?? null
}

function isCheckpointsOf(depot: string, { checkpoints, database }: Workspace): boolean {
  return existsSync(database) && existsSync(checkpoints) && realpathSync(checkpoints) === realpathSync(depot)
}

/** Keeps hosts out of the workspace whose own checkpoints a depot is. @throws ExitlabError `workspace-in-use` while one has it open. */
export function lockOwnWorkspace(depot: string): Pick<HostLock, 'release'> {
  const folder = workspaceOfDepot(depot)
  return folder === null ? { release: () => {} } : acquireHostLock(workspaceAt(folder), Date.now)
}
