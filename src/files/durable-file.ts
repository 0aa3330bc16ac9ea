import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ExitlabError } from '../shared/basics/error.ts'
import { pieceBytes, piecesOf, sha256Of } from './pieces.ts'

/** A file that is being written; nothing bears its name yet. */
export const partialSuffix = '.partial'

const diskErrors = new Set([
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR'],
  // Of network file systems.
  ...['ESTALE', 'ETIMEDOUT'],
])

/**
 * Writes a file so that after any crash its name holds the whole old content or the whole new one: beside it, flushed to
 * the disk, renamed, the folder flushed. @throws ExitlabError `disk` where it does not fit, with nothing left behind.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<{ sha256: string; bytes: number }> {
  const sha256 = await replaced(path, (partial) => writeAndFlush(partial, bytes))
  return { sha256: sha256!, bytes: bytes.byteLength }
}

/** As `writeDurably`, a file that `fill` writes in any order; null, with nothing left behind, where that answers null. */
export function fillDurably<T>(
  path: string,
  fill: (file: FileHandle) => Promise<T | null>,
): Promise<{ sha256: string; filled: T } | null> {
  return replaced(path, async (partial) => {
    await using file = await open(partial, 'w+')
    const filled = await fill(file)
    if (filled === null) return null
    await file.sync()
    return { sha256: await sha256Of(file), filled }
  })
}

/** As `writeDurably`, what an open file holds, of any size. */
export async function copyDurably(source: FileHandle, path: string): Promise<void> {
  await replaced(path, async (partial) => {
    await using file = await open(partial, 'w')
    for await (const piece of piecesOf(source)) await file.writeFile(piece)
    await file.sync()
    return true
  })
}

async function replaced<T>(path: string, write: (partial: string) => Promise<T | null>): Promise<T | null> {
  const partial = path + partialSuffix
  try {
    const written = await write(partial)
    if (written === null) await rm(partial, { force: true })
    else {
      await rename(partial, path)
      await flushFolder(dirname(path))
    }
    return written
  } catch (error) {
    // A disk that has become read-only keeps it.
    await rm(partial, { force: true }).catch(() => null)
    throw diskError(path, error)
  }
}

async function writeAndFlush(path: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, 'w')
  try {
    for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
      const piece = bytes.subarray(start, start + pieceBytes)
      hash.update(piece)
      await file.writeFile(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

/** Makes renames and removals in a folder durable. Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whether an error is the disk's: full, read-only, broken, not ours to write, or a folder where a file should be. */
export function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && diskErrors.has((error as NodeJS.ErrnoException).code ?? '')
}

const isFull = ({ code }: NodeJS.ErrnoException) => code === 'ENOSPC' || code === 'EDQUOT'

/** Whether a disk was full, which an ExitlabError has as its cause. */
export function isDiskFull(error: unknown): boolean {
  return isDiskError(error) ? isFull(error) : error instanceof ExitlabError && isDiskFull(error.cause)
}

/** Why the disk refused, as the part of a sentence. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  return isFull(error) ? 'the disk is full' : error.message
}

/** Error for a file that cannot be written or read: ExitlabError `disk` if the disk is the cause. */
export function diskError(path: string, error: unknown, done: 'written' | 'read' = 'written'): unknown {
  if (!isDiskError(error)) return error
  const full = isFull(error)
  return new ExitlabError(
    'disk',
    `${path} cannot be ${done}: ${reasonOf(error)}. Nothing was lost. ` +
      `${full ? 'Free some space' : 'Fix the disk'}, then try again.`,
    { cause: error },
  )
}
