import { existsSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { ExitlabError } from '../../shared/basics/error.ts'
import { isDiskFull } from '../../files/durable-file.ts'
import { NoFileError, readRegularFileSync } from '../../files/regular-file.ts'
import { replaceAtOnce } from '../../files/replace-at-once.ts'
import { freeSpace } from './error.ts'
import { refuseOddPath } from '../../files/odd-path.ts'
import { identityOf, watchPlace } from './place.ts'
import type { Workspace } from './workspace.ts'

const hostRecord = z.object({
  pid: z.int().positive(),
  /** Which folder that is, wherever it is moved: a copy of it is another one. */
  folder: z.string(),
  startedAt: z.int(),
  /** Unix socket or named pipe where the host listens; null before it does. */
  address: z.string().min(1).nullable(),
})
/** Owner of a workspace, recorded beside the lock for people and clients. */
export type HostRecord = z.infer<typeof hostRecord>

export interface HostLock {
  /** The owner before, where it died without releasing the lock. */
  dead: HostRecord | null
  /** Tells clients where to find this host. */
  announce(address: string): void
  release(): void
}

/** Keeps a reference, so that the lock is not garbage-collected. */
const held = new Set<Database.Database>()

/**
 * Locks the workspace for this process, or refuses and names the owner. The lock is a transaction that stays open on a file of its
 * own: the operating system releases it whenever the owner dies, and a reused process id cannot fake it.
 */
export function acquireHostLock(workspace: Workspace, now: () => number): HostLock {
  const database = openLock(workspace)
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw lockError(workspace, error)
  }
  let dead: HostRecord | null
  const record: HostRecord = { pid: process.pid, folder: identityOf(workspace), startedAt: now(), address: null }
  try {
    dead = readHostRecord(workspace)
    writeRecord(workspace, record)
  } catch (error) {
    database.close()
    throw error
  }
  held.add(database)
  const whyMoved = watchPlace(workspace)
  return {
    dead,
    announce: (address) => writeRecord(workspace, { ...record, address }),
    release: () => {
      // Another folder in its place may have a host of its own.
      if (whyMoved() === null) rmSync(workspace.hostRecord, { force: true })
      held.delete(database)
      database.close()
    },
  }
}

/** Why the lock's file is none that can be taken, without taking it; null: it can be, or there is none yet. */
export function lockDamage(workspace: Workspace): string | null {
  if (!existsSync(workspace.lock)) return null
  try {
    const database = new Database(workspace.lock, { readonly: true, timeout: 0 })
    try {
      database.pragma('schema_version')
    } finally {
      database.close()
    }
  } catch (error) {
    const refusal = lockError(workspace, error)
    if (!(refusal instanceof ExitlabError)) throw error
    return refusal.code === 'workspace-in-use' ? null : refusal.message
  }
  return null
}

function openLock(workspace: Workspace): Database.Database {
  try {
    return new Database(workspace.lock, { timeout: 0 })
  } catch (error) {
    throw lockError(workspace, error)
  }
}

function lockError(workspace: Workspace, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  if (error.code.startsWith('SQLITE_BUSY')) return inUse(workspace)
  if (error.code === 'SQLITE_FULL') return diskFull(workspace, error)
  const damaged = error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB'
  return new ExitlabError(
    damaged ? 'workspace-damaged' : 'disk',
    `The lock ${workspace.lock} cannot be taken (${error.message}). ` +
      (damaged
        ? 'Remove it while no other Exitlab uses this workspace.'
        : 'Check the permissions of the folder, and whether its disk is full.'),
    { cause: error },
  )
}

function diskFull(workspace: Workspace, cause: unknown): ExitlabError {
  return new ExitlabError(
    'disk',
    `The workspace ${workspace.folder} cannot be opened: its disk is full. Nothing was lost. ${freeSpace(workspace)}, then try again.`,
    { cause },
  )
}

/**
 * The host that last locked the workspace; it may have died since. Null if there was none or it ended in order; also if the record
 * is damaged, since a living host would have written it again, or belongs to another folder of which this one is a copy.
 */
export function readHostRecord(workspace: Workspace): HostRecord | null {
  try {
    const record = hostRecord.safeParse(
      JSON.parse(readRegularFileSync(workspace.hostRecord, largestRecord).toString()),
    ).data
    return record?.folder === identityOf(workspace) ? record : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NoFileError) return null
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw unreadable(workspace, error as NodeJS.ErrnoException)
  }
}

/** Bytes of the record of a host, which has some hundred. */
const largestRecord = 2 ** 16

function unreadable({ folder, hostRecord: file }: Workspace, error: NodeJS.ErrnoException): ExitlabError {
  if (error.code !== 'ENOTDIR') refuseOddPath(folder, error)
  const what =
    error.code === 'ENOTDIR'
      ? `The workspace ${folder} is not a folder, or is below a file. Choose another one with --workspace DIR.`
      : `The workspace ${folder} cannot be read: ${file} (${error.code}). Check its permissions.`
  return new ExitlabError('disk', what, { cause: error })
}

/** @throws ExitlabError `disk` where it cannot be written, with nothing left behind. */
function writeRecord(workspace: Workspace, record: HostRecord): void {
  const path = workspace.hostRecord
  try {
    replaceAtOnce(path, JSON.stringify(record))
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(workspace, error)
    const { code } = error as NodeJS.ErrnoException
    throw new ExitlabError(
      'disk',
      `The workspace ${workspace.folder} cannot be opened: ${path} cannot be written (${code}). Check the permissions of the folder.`,
      { cause: error },
    )
  }
}

function inUse(workspace: Workspace): ExitlabError {
  const pid = readHostRecord(workspace)?.pid
  return new ExitlabError(
    'workspace-in-use',
    `The workspace ${workspace.folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. ` +
      `Wait for it, end it, or choose another folder with --workspace DIR.`,
  )
}
