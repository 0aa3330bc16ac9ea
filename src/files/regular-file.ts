import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { bytes as sizeInWords } from '../shared/format/numbers.ts'
import { oddityOf } from './odd-path.ts'
import { readRange } from './pieces.ts'

/** The path is not a regular file, which could block a reader for ever or never end, or the file is larger than may be read. */
export class NoFileError extends Error {
  override name = 'NoFileError'
  /** Description, as the end of a sentence. */
  readonly what: string

  constructor(path: string, what: string) {
    super(`${path} ${what}`)
    this.what = what
  }
}

/** Why a file cannot be read, as the end of a sentence. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof NoFileError) return error.what
  const { code, message, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'does not exist'
  return oddityOf(path ?? '', error as NodeJS.ErrnoException)?.what ?? `cannot be read: ${message}`
}

// If a pipe has taken the place of a file, opening does not block.
const toRead = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Bytes that a file may have, or as many as there is memory for. */
type FileLimit = number | 'memory'

/** Opens a file to read it. @throws NoFileError where it is a folder, a device, a pipe, a link in a circle, or larger than the limit. */
export async function openRegularFile(path: string, most: FileLimit = Infinity): Promise<FileHandle> {
  refuseOthers(path, await stat(path).catch(circular(path)), most)
  const file = await open(path, toRead)
  try {
    refuseOthers(path, await file.stat(), most)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/**
 * The bytes of a file. On a network file system, one that another machine replaces while it is read is stale: then the new one is read.
 * @throws NoFileError as `openRegularFile`.
 */
export async function readRegularFile(path: string, most: FileLimit = 'memory'): Promise<Buffer> {
  const read = async () => {
    await using file = await openRegularFile(path, most)
    return await readOpenFile(file)
  }
  return read().catch((error: unknown) => (isStale(error) ? read() : Promise.reject(error)))
}

/** The same for a caller that answers nobody meanwhile: a thread that has nothing else to do saves a fifth of the time by it. */
export function readRegularFileSync(path: string, most: FileLimit = 'memory'): Buffer {
  try {
    return readSyncOf(path, { most, first: Infinity })
  } catch (error) {
    if (!isStale(error)) throw error
    return readSyncOf(path, { most, first: Infinity })
  }
}

const isStale = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ESTALE'

/** At most so many of the first bytes of a file of any size. */
export function readStartSync(path: string, first: number): Buffer {
  return readSyncOf(path, { most: Infinity, first })
}

function readSyncOf(path: string, { most, first }: { most: FileLimit; first: number }): Buffer {
  const file = openSync(path, toRead)
  try {
    const found = fstatSync(file)
    refuseOthers(path, found, most)
    const bytes = Buffer.allocUnsafe(Math.min(found.size, first))
    let length = 0
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, { offset: length })
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

/** At most so many of the last bytes of a file of any size. @throws NoFileError as `openRegularFile`. */
export async function readEnd(path: string, last: number): Promise<Buffer> {
  await using file = await openRegularFile(path)
  const { size } = await file.stat()
  return Buffer.from(await readRange(file, Math.max(0, size - last), size))
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

const circular = (path: string) => (error: NodeJS.ErrnoException) => {
  throw error.code === 'ELOOP' ? new NoFileError(path, 'is a circular link, not a file') : error
}

function refuseOthers(path: string, found: Stats, most: FileLimit): void {
  if (found.isDirectory()) throw new NoFileError(path, 'is a folder, not a file')
  if (!found.isFile()) throw new NoFileError(path, 'is a device or a pipe, not a file')
  // To ask for free memory takes longer than to read a small file.
  if (most === 'memory' && found.size < 2 ** 20) return
  const [limit, of] =
    most === 'memory' ? [process.availableMemory(), 'of memory that are free'] : [most, 'that it may have']
  if (found.size <= limit) return
  throw new NoFileError(path, `has ${sizeInWords(found.size)}, more than the ${sizeInWords(limit)} ${of}`)
}
