import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ExitlabError } from '../../shared/basics/error.ts'
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
export function storeError(access: StoreAccess, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code } = error
  const begins = (...prefixes: string[]) => prefixes.some((prefix) => code.startsWith(prefix))
  if (begins('SQLITE_CORRUPT', 'SQLITE_NOTADB')) return damagedStore(access, error)
  // From SQLite's own functions, which do not say in which row.
  if (code === 'SQLITE_ERROR' && error.message === 'malformed JSON') return damagedRow(access, error)
  if (begins('SQLITE_FULL', 'SQLITE_IOERR')) return refusingDisk(access, error)
  if (begins('SQLITE_BUSY', 'SQLITE_LOCKED')) return lockedStore(access, error)
  if (begins('SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM')) return closedStore(access, error)
  return error
}

function damagedStore({ workspace }: StoreAccess, cause: Error): ExitlabError {
  return new ExitlabError(
    'workspace-damaged',
    `The store ${workspace.database} is damaged (${cause.message}). Nothing was changed. Restore a copy of it, ` +
      `or move it away: its checkpoints are found again when the same experiments are run.`,
    { cause },
  )
}

function damagedRow({ workspace }: StoreAccess, cause: Error): ExitlabError {
  return new ExitlabError(
    'workspace-damaged',
    `One of the rows of the store ${workspace.database} is damaged (${cause.message}). ${damagedStoreRemedy}`,
    { cause, command: ['doctor'] },
  )
}

const cannotBe = ({ workspace, readonly }: StoreAccess, { message }: Error) =>
  `The store ${workspace.database} cannot be ${readonly ? 'read' : 'written'} (${message})`

function refusingDisk(access: StoreAccess, cause: Error & { code: string }): ExitlabError {
  return new ExitlabError('disk', `${cannotBe(access, cause)}. Nothing was lost. ${diskRemedy(access, cause)}`, {
    cause,
  })
}

function diskRemedy({ workspace, readonly }: StoreAccess, { code }: { code: string }): string {
  if (readonly)
    return 'SQLite needs space for a small temporary file even for reading. Free some space on its disk, then try again.'
  // An error of input and output may be one of the disk itself.
  const check = code === 'SQLITE_FULL' ? '' : 'Check that its disk works. If it is full: '
  return `${check}${freeSpace(workspace)}, then try again.`
}

function lockedStore(access: StoreAccess, cause: Error): ExitlabError {
  return new ExitlabError(
    'disk',
    `${cannotBe(access, cause)}: another program has locked it. Nothing was lost. End that program, then try again.`,
    { cause },
  )
}

function closedStore({ workspace }: StoreAccess, cause: Error): ExitlabError {
  return new ExitlabError(
    'disk',
    `The store ${workspace.database} cannot be opened (${cause.message}). Check the permissions of the folder.`,
    { cause },
  )
}

/** Whether the store itself cannot be read or written; false if the error is about the written values. */
export function isStoreFailure(error: unknown): boolean {
  if (error instanceof DamagedRowError) return false
  if (error instanceof ExitlabError) return error.code === 'disk' || error.code === 'workspace-damaged'
  return error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_CONSTRAINT')
}
