import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ExitlabError } from '../../../shared/error.ts'

const gunzipped = promisify(gunzip)

/** What lies at a path; null where nothing does. @throws ExitlabError `data` where it cannot be looked at. */
export async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new ExitlabError('data', `data.path: ${path} cannot be read: ${message}`, { cause: error })
  }
}

/** @throws ExitlabError `data` where there is no such folder; `content` says what should be in it. */
export async function requireFolder(path: string, content: string): Promise<void> {
  const found = await statOf(path)
  if (found?.isDirectory()) return
  const what = found ? 'is not a folder' : 'does not exist'
  throw new ExitlabError('data', `data.path: ${path} ${what}; expected ${content}: set data.path to where it lies`)
}

/** The first of these names that a folder has. @throws ExitlabError `data` naming them. */
export async function findFile(folder: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const path = join(folder, name)
    if ((await statOf(path))?.isFile()) return path
  }
  throw new ExitlabError('data', `data.path: ${folder} has no file ${names.join(' or ')}; put the original file there`)
}

/** Bytes of a file, unpacked where its name ends in `.gz`. @throws ExitlabError `data` where that fails. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readWhole(path)
  if (!path.endsWith('.gz')) return bytes
  try {
    return await gunzipped(bytes)
  } catch (error) {
    throw new ExitlabError(
      'data',
      `data.path: ${path} is damaged or cut short (${(error as Error).message}); fetch ${basename(path)} again`,
      { cause: error },
    )
  }
}

/** @throws ExitlabError `data` naming the file. */
export async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new ExitlabError('data', `data.path: ${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
