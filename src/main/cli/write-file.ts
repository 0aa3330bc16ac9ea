import { access, constants, lstat, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { refuseOddPath } from '../../files/odd-path.ts'
import { makeFolders } from '../../files/make-folders.ts'
import { nullIfMissing } from '../../files/missing.ts'
import { replaceFile } from '../../files/replace-file.ts'

/** Writes a result where the user asked for it, as `replaceFile` does. */
export async function writeResult(path: string, result: string | Blob): Promise<void> {
  refuseUnreadableName(path)
  try {
    const bytes = typeof result === 'string' ? result : new Uint8Array(await result.arrayBuffer())
    await replaceFile(path, bytes)
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** Refuses a result that is written after long work, before it, where there is no folder for it, or a folder has its name. */
export async function refuseLostResult(path: string): Promise<void> {
  refuseUnreadableName(path)
  await access(dirname(path), constants.W_OK).catch((error: Error) => {
    throw cannotWrite(path, Object.assign(error, { path, syscall: 'mkdir' }))
  })
  const present = await stat(path)
    .catch(nullIfMissing)
    .catch((error: unknown) => {
      throw cannotWrite(path, error)
    })
  if (present?.isDirectory()) throw cannotWrite(path, { code: 'EISDIR' })
}

/** Refuses a folder of results that are written after long work, before it, where it cannot be made or written. */
export async function refuseLostFolder(path: string): Promise<void> {
  refuseUnreadableName(path)
  try {
    const found = await stat(path).catch(nullIfMissing)
    if (found === null && !(await isLink(path))) return await refuseLostFolder(dirname(path))
    if (found === null) throw new Error('it is a link to nothing; choose another folder')
    if (!found.isDirectory()) throw new Error('it is a file; choose a folder')
    await access(path, constants.W_OK)
  } catch (error) {
    if (error instanceof ExitlabError) throw error
    throw cannotWrite(path, error)
  }
}

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Creates a folder for results and its parents, if missing. */
export function makeFolder(path: string): void {
  refuseUnreadableName(path)
  try {
    makeFolders(path)
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

function cannotWrite(path: string, error: unknown): ExitlabError {
  refuseOddPath(path, error)
  return new ExitlabError('disk', `cannot write ${path}: ${reasonOf(path, error as NodeJS.ErrnoException)}`, {
    cause: error,
  })
}

/** New files and folders need a folder that may be written; a present file is replaced by a new one. */
function reasonOf(path: string, { code = '', path: refused = path, syscall = '', message }: NodeJS.ErrnoException) {
  const folder = dirname(refused)
  const isFile = refused === path && ['access', 'open'].includes(syscall)
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${folder} (${code}); create it, or choose another path`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return isFile
        ? `no permission to write to this file (${code}); choose another file`
        : `no permission to write to the folder ${folder} (${code}); choose another folder`
    case 'EISDIR':
      return `it is a folder (${code}); give the name of a file`
    case 'ENOSPC':
    case 'EDQUOT':
      return `its disk is full (${code}); free some space, or choose another disk`
    default:
      return message
  }
}

/** Node decodes invalid UTF-8 as U+FFFD, so such a file would silently get another name. */
function refuseUnreadableName(path: string): void {
  if (path.isWellFormed() && !path.includes('\uFFFD')) return
  throw new ExitlabError('usage', `cannot write ${path}: its path is not valid UTF-8; choose one that is`)
}
