import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ExitlabError } from '../../shared/error.ts'
import { DamagedRowError, damagedStoreRemedy } from './json-columns.ts'
import type { Workspace } from './workspace.ts'

/** What to do on a full disk. To write anything, a deletion too, SQLite makes files of some 50 kB beside a store first. */
export function freeSpace({ reserve }: Workspace): string {
  if (existsSync(reserve))
    return 'Free some space on its disk, by `exitlab delete` and `exitlab purge` or in another way'
  return (
    'Free some space on its disk by removing or moving another file ' +
    '(at least 100 kB, which `exitlab delete` and `exitlab purge` also need)'
  )
}

/** Which store was opened, and whether only to read it. */
export interface StoreAccess {
  workspace: Workspace
  readonly: boolean
}

/** An error of SQLite as an ExitlabError; other errors are returned unchanged. */
export function storeError({ workspace, readonly }: StoreAccess, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code } = error
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new ExitlabError(
      'workspace-damaged',
      `The store ${workspace.database} is damaged (${error.message}). Nothing was changed. Restore a copy of it, ` +
        `or move it away: its checkpoints are found again when the same experiments are run.`,
      { cause: error },
    )
  }
  // From SQLite's own functions, which do not say in which row.
  if (code === 'SQLITE_ERROR' && error.message === 'malformed JSON') {
    return new ExitlabError(
      'workspace-damaged',
      `One of the rows of the store ${workspace.database} is damaged (${error.message}). ${damagedStoreRemedy}`,
      { cause: error, command: ['doctor'] },
    )
  }
  const [done, next] = readonly ? ['read', 'try again'] : ['written', 'resume the runs']
  if (code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR')) {
    const reason = readonly ? ' SQLite needs space for a small temporary file even for reading.' : ''
    return new ExitlabError(
      'disk',
      `The store ${workspace.database} cannot be ${done} (${error.message}). Nothing was lost.${reason} ` +
        `${readonly ? 'Free some space on its disk' : freeSpace(workspace)}, then ${next}.`,
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ExitlabError(
      'disk',
      `The store ${workspace.database} cannot be ${done} (${error.message}): another program has locked it. ` +
        `Nothing was lost. End that program, then ${next}.`,
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return new ExitlabError(
      'disk',
      `The store ${workspace.database} cannot be opened (${error.message}). Check the permissions of the folder.`,
      { cause: error },
    )
  }
  return error
}

/** Whether the store itself cannot be read or written; false if the error is about the written values. */
export function isStoreFailure(error: unknown): boolean {
  if (error instanceof DamagedRowError) return false
  if (error instanceof ExitlabError) return error.code === 'disk' || error.code === 'workspace-damaged'
  return error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_CONSTRAINT')
}
