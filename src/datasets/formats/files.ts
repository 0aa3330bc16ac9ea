import type { Dirent, Stats } from 'node:fs'
import { constants } from 'node:buffer'
import { readdir, realpath, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { ExitlabError } from '../../shared/basics/error.ts'
import { bytes } from '../../shared/format/numbers.ts'
import { openRegularFile, readRegularFile, readRegularFileSync, whyUnreadable } from '../../files/regular-file.ts'

/** Type and size of the file at a path; null if there is none. @throws ExitlabError `data` if it cannot be accessed. */
export async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new ExitlabError('data', `data.path: ${path} cannot be read: ${message}`, { cause: error })
  }
}

/** What is in a folder; names alone would not say what each is. @throws ExitlabError `data` if it cannot be accessed. */
export function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error)
  })
}

/** The path without links. @throws ExitlabError `data` if it cannot be accessed. */
export function realPath(path: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
}

/** @throws ExitlabError `data` if the folder does not exist; `content` names its expected content. */
export async function requireFolder(path: string, content: string): Promise<void> {
  const found = await statOf(path)
  if (found?.isDirectory()) return
  const what = found ? 'is not a folder' : 'does not exist'
  throw new ExitlabError('data', `data.path: ${path} ${what}; expected ${content}; set data.path to its folder`)
}

/** The first of these names that a folder has. @throws ExitlabError `data` naming them. */
export async function findFile(folder: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const path = join(folder, name)
    if ((await statOf(path))?.isFile()) return path
  }
  throw new ExitlabError('data', `data.path: ${folder} has no file ${names.join(' or ')}; put the original file there`)
}

interface Header {
  /** Bytes at the beginning of a file that say how large it is. */
  headerSize: number
  /** Size in bytes of the whole file, from its header; null if the header is invalid. */
  sizeOf(start: Uint8Array): number | null
}

/**
 * Bytes of a file, unpacked where its name ends in `.gz`: no further than a byte beyond what its header announces, for a
 * damaged or hostile file may unpack to any size. @throws ExitlabError `data` where that fails.
 */
export async function readPacked(path: string, header: Header): Promise<Uint8Array> {
  if (!path.endsWith('.gz')) return readWhole(path)
  try {
    return await unpack(path, header)
  } catch (error) {
    if (error instanceof ExitlabError) throw error
    throw new ExitlabError(
      'data',
      `data.path: ${path} is damaged or truncated (${(error as Error).message}); download ${basename(path)} again`,
      { cause: error },
    )
  }
}

async function unpack(path: string, { headerSize, sizeOf }: Header): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let [length, wanted] = [0, headerSize]
  const packed = createGunzip()
  packed.end(await readWhole(path))
  for await (const chunk of packed as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    const before = length
    length += chunk.length
    if (before < headerSize && length >= headerSize) wanted = wantedSize(path, sizeOf(Buffer.concat(chunks)) ?? 0)
    if (length > wanted) break
  }
  return Buffer.concat(chunks).subarray(0, Math.max(headerSize, wanted + 1))
}

/** @throws ExitlabError `data` where a file announces more than there is memory for. */
function wantedSize(path: string, size: number): number {
  const free = process.availableMemory()
  if (size <= free) return size
  throw new ExitlabError(
    'data',
    `data.path: ${path} states a size of ${bytes(size)} in its header, but only ${bytes(free)} of memory are free`,
  )
}

/** Bytes of a file that is read at once: those of CIFAR have up to 155 MB, tables of texts a few hundred. */
const largestFile = 2 ** 30

/** Bytes of a file that becomes one text: JavaScript has no longer ones. */
export const longestText = constants.MAX_STRING_LENGTH

/** @throws ExitlabError `data` naming the file. */
export async function readWhole(path: string, most = largestFile): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, most)
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Bytes between two turns of the event loop. */
const pieceBytes = 2 ** 22

/** Bytes of a file, piece by piece. @throws ExitlabError `data` naming the file. */
export async function* piecesOf(path: string, most = largestFile): AsyncGenerator<Uint8Array> {
  await using file = await openRegularFile(path, most).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  yield* file.createReadStream({ highWaterMark: pieceBytes, autoClose: false })
}

/** The same as `readWhole` in a thread that has nothing else to do. */
export function readWholeSync(path: string): Uint8Array {
  try {
    return readRegularFileSync(path, largestFile)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): ExitlabError {
  return new ExitlabError('data', `data.path: ${path} ${whyUnreadable(error)}`, { cause: error })
}

/** Items in an order; an array is one. */
interface Items<T> {
  readonly length: number
  at(index: number): T | undefined
}

/** A few at a time. Ends with the first failure. */
export async function forEach<T>(
  items: Items<T>,
  work: (item: T, index: number) => Promise<void>,
  atOnce = availableParallelism(),
): Promise<void> {
  let next = 0
  const workOn = async () => {
    while (next < items.length) {
      const index = next++
      await work(items.at(index)!, index)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, workOn))
  } finally {
    next = items.length
  }
}
