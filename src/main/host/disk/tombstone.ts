import { randomUUID } from 'node:crypto'
import { readdirSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Workspace } from '../../store/workspace.ts'
import { sizeOf } from './disk-use.ts'

/** How the names begin of what is being removed. */
const doomedPrefix = '.purged-'

/**
 * Removes files and folders that the store knows no more; nothing where there is none. They change their names at once: whoever
 * needs the same again does not meet what is left of them. Returns the bytes freed.
 */
export async function discard(paths: readonly string[]): Promise<number> {
  return removeAll(paths.flatMap(doom))
}

/** Removes what a host that ended before its time was removing. */
export async function finishDiscards({ checkpoints, evaluations, analyses }: Workspace): Promise<void> {
  const left = [checkpoints, evaluations, analyses].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(doomedPrefix))
      .map((name) => join(folder, name)),
  )
  await removeAll(left)
}

/** Gives a file or folder a name under which nobody looks for it. */
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
