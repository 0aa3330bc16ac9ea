import { readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { ExitlabError } from '../../shared/error.ts'
import type { Workspace } from './workspace.ts'

const hostRecord = z.object({
  pid: z.int().positive(),
  startedAt: z.int(),
  /** Unix socket or named pipe where the host listens; null before it does. */
  address: z.string().min(1).nullable(),
})
/** Who holds a workspace, written beside the lock for people and for clients. */
export type HostRecord = z.infer<typeof hostRecord>

export interface HostLock {
  /** Tells clients where to find this host. */
  announce(address: string): void
  release(): void
}

/** A lock that nobody refers to any more would be dropped by the garbage collector. */
const held = new Set<Database.Database>()

/**
 * Takes the workspace for this process, or refuses, naming who has it. The lock is a transaction that stays open on a
 * file of its own: the operating system drops it when the owner dies, however it dies, and a reused pid cannot fake it.
 */
export function acquireHostLock(workspace: Workspace, now: () => number): HostLock {
  const database = new Database(workspace.lock, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw inUse(workspace)
    throw error
  }
  held.add(database)
  const record: HostRecord = { pid: process.pid, startedAt: now(), address: null }
  writeRecord(workspace, record)
  return {
    announce: (address) => writeRecord(workspace, { ...record, address }),
    release: () => {
      rmSync(workspace.hostRecord, { force: true })
      held.delete(database)
      database.close()
    },
  }
}

/**
 * The host that last took the workspace; it may have died since. Null where none has, or it left in good order; also where
 * the record is damaged, since a living host would have written it anew.
 */
export function readHostRecord(workspace: Workspace): HostRecord | null {
  try {
    return hostRecord.safeParse(JSON.parse(readFileSync(workspace.hostRecord, 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Whoever reads the record, also after a power cut, finds all of it or the one before. */
function writeRecord(workspace: Workspace, record: HostRecord): void {
  const temporary = `${workspace.hostRecord}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(record), { flush: true })
  renameSync(temporary, workspace.hostRecord)
}

function inUse(workspace: Workspace): ExitlabError {
  const pid = readHostRecord(workspace)?.pid
  return new ExitlabError(
    'workspace-in-use',
    `The workspace ${workspace.folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. ` +
      `Wait for it, end it, or choose another folder with --workspace DIR.`,
  )
}
