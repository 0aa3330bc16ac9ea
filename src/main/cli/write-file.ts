import { access, chmod, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ExitlabError } from '../../shared/error.ts'
import { makeFolders } from '../files/make-folders.ts'

/**
 * Writes a result where the user asked for it. A file that is there keeps its content until the new one is whole on the disk,
 * and its mode; through a link, the file it leads to is written. Devices and pipes are written as they are.
 */
export async function writeResult(path: string, result: string | Blob): Promise<void> {
  try {
    const bytes = typeof result === 'string' ? result : new Uint8Array(await result.arrayBuffer())
    const present = await stat(path).catch(unlessMissing)
    if (present !== null && (!present.isFile() || isStream(path))) return await writeFile(path, bytes)
    if (present !== null) await access(path, constants.W_OK)
    await replace(present === null ? path : await realpath(path), { bytes, mode: present?.mode })
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** /dev/stdout and the like lead to whatever the shell opened, which is also written by others. */
function isStream(path: string): boolean {
  return /^\/(?:dev|proc)\//.test(path)
}

async function replace(
  path: string,
  { bytes, mode }: { bytes: string | Uint8Array; mode: number | undefined },
): Promise<void> {
  const neighbour = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    await writeFile(neighbour, bytes, { flag: 'wx', flush: true })
    if (mode !== undefined) await chmod(neighbour, mode & 0o7777)
    await rename(neighbour, path)
  } catch (error) {
    await rm(neighbour, { force: true })
    throw error
  }
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

/** Makes a folder for results, and those above it; one that is there is fine. */
export function makeFolder(path: string): void {
  try {
    makeFolders(path)
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

function cannotWrite(path: string, error: unknown): ExitlabError {
  return new ExitlabError('disk', `cannot write ${path}: ${(error as Error).message}`, { cause: error })
}
