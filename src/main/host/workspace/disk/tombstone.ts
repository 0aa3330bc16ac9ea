import { randomUUID } from 'node:crypto'
import { readdirSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Workspace } from '../../../store/workspace.ts'
import { sizeOf } from './disk-use.ts'

/** Names of files and folders that are being removed begin so. */
const tombstonePrefix = '.purged-'

/**
 * Removes files and folders that the store no longer knows; nothing where there is none. They are renamed to tombstones at once, so
 * that the same path can be used again meanwhile. Returns the bytes freed.
 */
export async function discard(paths: readonly string[]): Promise<number> {
  return removeAll(paths.flatMap(toTombstone))
}

/** Removes the tombstones that an interrupted host left. */
export async function finishDiscards({ checkpoints, evaluations, analyses }: Workspace): Promise<void> {
  const left = [checkpoints, evaluations, analyses].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(tombstonePrefix))
      .map((name) => join(folder, name)),
  )
  await removeAll(left)
}

/** Renames a file or folder to a tombstone. */
function toTombstone(path: string): string[] {
  const tombstone = join(dirname(path), tombstonePrefix + randomUUID())
  try {
    renameSync(path, tombstone)
    return [tombstone]
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
