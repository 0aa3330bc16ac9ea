import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { readRange } from './pieces.ts'

/** The path is not a regular file; reading it could block for ever. */
export class NoFileError extends Error {
  override name = 'NoFileError'
  /** Description, as the end of a sentence. */
  readonly what: string

  constructor(path: string, what: string) {
    super(`${path} ${what}`)
    this.what = what
  }
}

/** Opens a file to read it. @throws NoFileError where it is a folder, a device, a pipe, or a link in a circle. */
export async function openRegularFile(path: string): Promise<FileHandle> {
  await refuseOthers(path, () => stat(path))
  // If a pipe has replaced it meanwhile, opening does not block.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    await refuseOthers(path, () => file.stat())
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The bytes of a file. @throws NoFileError as `openRegularFile`. */
export async function readRegularFile(path: string): Promise<Buffer> {
  await using file = await openRegularFile(path)
  return await readOpenFile(file)
}

/** The bytes of an open file, of any size: Node's own `readFile` refuses 2 GiB. */
export async function readOpenFile(file: FileHandle): Promise<Buffer> {
  const { buffer, byteLength } = await readRange(file, 0, (await file.stat()).size)
  return Buffer.from(buffer, 0, byteLength)
}

/** Whether a path leads to a regular file. */
export function isRegularFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** As `readRegularFile`, at most its first `limit` bytes, for a caller that answers nobody meanwhile. */
export function readRegularFileSync(path: string, limit = Infinity): Buffer {
  refuseKind(path, statSync(path))
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const found = fstatSync(file)
    refuseKind(path, found)
    const bytes = Buffer.allocUnsafe(Math.min(found.size, limit))
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(file)
  }
}

async function refuseOthers(path: string, look: () => ReturnType<typeof stat>): Promise<void> {
  const found = await look().catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ELOOP' ? new NoFileError(path, 'is a circular link, not a file') : error
  })
  refuseKind(path, found)
}

function refuseKind(path: string, found: Pick<Stats, 'isDirectory' | 'isFile'>): void {
  if (found.isDirectory()) throw new NoFileError(path, 'is a folder, not a file')
  if (!found.isFile()) throw new NoFileError(path, 'is a device or a pipe, not a file')
}
