import type Database from 'better-sqlite3'
import { ExitlabError } from '../../shared/basics/error.ts'
import { migrations } from './migrations/index.ts'
import type { Workspace } from './workspace.ts'

/** Marks a SQLite file as an Exitlab store ("ExLb"). */
const applicationId = 0x45784c62

/** Each step and its version number in one transaction, so that a store is never between two versions. */
export function migrate(workspace: Workspace, database: Database.Database): void {
  // Before anything is written: a file that is refused stays as it is.
  const present = versionOf(workspace, database)
  database.pragma('journal_mode = WAL')
  // FULL: a commit is on the disk when it returns. Commits are few (an epoch, a status), so the wait is not felt.
  database.pragma('synchronous = FULL')
  // A table is rebuilt by dropping it first, which must not delete rows that refer to it.
  database.pragma('foreign_keys = OFF')
  for (let version = present; version < migrations.length; version++) {
    database
      .transaction(() => {
        database.exec(migrations[version]!)
        database.pragma(`application_id = ${applicationId}`)
        database.pragma(`user_version = ${version + 1}`)
      })
      .exclusive()
  }
  database.pragma('foreign_keys = ON')
}

/** False for the store of an earlier version. @throws ExitlabError where it is no store that this version can read. */
export const isOfThisVersion = (workspace: Workspace, database: Database.Database): boolean =>
  versionOf(workspace, database) === migrations.length

function versionOf(workspace: Workspace, database: Database.Database): number {
  const version = database.pragma('user_version', { simple: true }) as number
  const tables = database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get()
  const foreign = database.pragma('application_id', { simple: true }) !== applicationId
  if (foreign && (version > 0 || tables !== 0)) {
    throw new ExitlabError('workspace-damaged', `${workspace.database} is not an Exitlab store. Choose another folder.`)
  }
  if (version < 0) throw otherTables(workspace, new Error(`its version is ${version}`))
  if (version > migrations.length) {
    throw new ExitlabError(
      'workspace-too-new',
      `The workspace ${workspace.folder} has store version ${version}, written by a newer Exitlab; ` +
        `this version supports store versions up to ${migrations.length}. Update Exitlab, or choose another folder with --workspace DIR.`,
    )
  }
  return version
}

/** Its tables do not match its version number. */
export function otherTables({ database }: Workspace, error: Error): ExitlabError {
  return new ExitlabError(
    'workspace-damaged',
    `The store ${database} is damaged: its tables were modified (${error.message}). Restore a copy of it, or move it ` +
      `away: its checkpoints are found again when the same experiments are run.`,
    { cause: error },
  )
}
