import { lstatSync, Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ExitlabError, type ErrorCode } from '../shared/basics/error.ts'

/** Why nothing can be at a path, as the end of a sentence, and what to do. */
interface Oddity {
  code: ErrorCode
  what: string
  remedy: string
}

/** Refuses a path at which nothing can be, whatever was to be done there: the one translation of such errors of the system. @throws ExitlabError */
export function refuseOddPath(path: string, error: unknown): void {
  const found = oddityOf(path, error as NodeJS.ErrnoException)
  if (found === null) return
  throw new ExitlabError(found.code, `${path} ${found.what}. ${found.remedy}`, { cause: error })
}

/** The same for a path that is not looked at otherwise. @throws ExitlabError */
export function refuseOddPlace(path: string): void {
  try {
    statSync(path)
  } catch (error) {
    refuseOddPath(path, error)
  }
}

/** Null where the error is not about the path itself, but about a disk, permissions, or what is simply not there. */
export function oddityOf(path: string, { code, syscall }: NodeJS.ErrnoException): Oddity | null {
  if (isLinkToNothing(path)) return linkToNothing
  switch (code) {
    case 'ELOOP':
      return {
        code: 'conflict',
        what: 'leads through links in a circle, so that nothing can be there',
        remedy: 'Remove these links, or choose another path.',
      }
    case 'ENOTDIR':
      return { code: 'disk', what: behindFile(path), remedy: 'Choose another path.' }
    case 'ENAMETOOLONG':
      return {
        code: 'disk',
        what: 'is longer than its file system takes, mostly 255 bytes a name',
        remedy: 'Choose a shorter one.',
      }
    case 'ERR_INVALID_ARG_VALUE':
      return { code: 'usage', what: 'has a null character, which no path has', remedy: 'Remove it.' }
    case 'EEXIST':
      return syscall === 'mkdir' ? { code: 'disk', what: behindFile(path), remedy: 'Choose another path.' } : null
    default:
      return null
  }
}

const linkToNothing: Oddity = {
  code: 'disk',
  what: 'is a link to nothing',
  remedy: 'Make what it leads to, or choose another path.',
}

function behindFile(path: string): string {
  const file = nearestPresent(path)
  return file === path ? 'is a file, where a folder is expected' : `is below ${file}, which is a file and not a folder`
}

function nearestPresent(path: string): string {
  return lookAt(statSync, path) instanceof Stats || dirname(path) === path ? path : nearestPresent(dirname(path))
}

function isLinkToNothing(path: string): boolean {
  return lookAt(lstatSync, path) instanceof Stats && lookAt(statSync, path) === 'ENOENT'
}

/** What is there, else the code of the error. */
function lookAt(look: (path: string) => Stats, path: string): Stats | string | undefined {
  try {
    return look(path)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}
