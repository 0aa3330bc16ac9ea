import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ExitlabError } from '../../shared/error.ts'

/** A file that is being written; nothing bears its name yet. */
export const partialSuffix = '.partial'

/** Written and hashed in pieces, so that the process answers its parent in between. */
const pieceBytes = 8 << 20

const diskErrors = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR'])

/**
 * Writes a file so that after any crash its name holds the whole old content or the whole new one: beside it, flushed to
 * the disk, renamed, the folder flushed. @throws ExitlabError `disk` where it does not fit, with nothing left behind.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<{ sha256: string; bytes: number }> {
  const partial = path + partialSuffix
  try {
    const sha256 = await writeAndFlush(partial, bytes)
    await rename(partial, path)
    await flushFolder(dirname(path))
    return { sha256, bytes: bytes.byteLength }
  } catch (error) {
    await rm(partial, { force: true })
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
      `${full ? 'Free some space' : 'Fix the disk'}, then resume.`,
    { cause: error },
  )
}
