import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Workspace } from './workspace.ts'

/** SQLite's error codes if it cannot create files beside a store. */
const unwritable = ['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_IOERR_SHM', 'SQLITE_FULL']

/**
 * A store that lies where nothing can be written, as on a read-only file system or a full disk: SQLite would write beside
 * it even to read, so it is read as a whole. Null where SQLite can open it, and where commits wait in its journal, which only SQLite reads.
 */
export function openUnwritable({ database }: Workspace): Database.Database | null {
  try {
    const probe = new Database(database, { readonly: true })
    try {
      probe.pragma('user_version')
    } finally {
      probe.close()
    }
    return null
  } catch (error) {
    const { code } = error as { code?: string }
    const isShut = unwritable.some((each) => code?.startsWith(each))
    const journal = statSync(`${database}-wal`, { throwIfNoEntry: false })
    if (!isShut || (journal?.size ?? 0) > 0 || !isReadable(database)) return null
    const bytes = readFileSync(database)
    // Bytes 18 and 19 of the header: written and read without a journal beside it, as it has none in memory.
    bytes.fill(1, 18, 20)
    return new Database(bytes, { readonly: true })
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}
