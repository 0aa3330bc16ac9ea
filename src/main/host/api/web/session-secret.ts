import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { isDiskFull } from '../../../../files/durable-file.ts'
import { replaceAtOnce } from '../../../../files/replace-at-once.ts'
import type { Workspace } from '../../../store/workspace.ts'

const secretBytes = 32

/**
 * The key that signs the sessions of a workspace, stored so that sessions outlive the host. A missing key, or one that other
 * users can read, is replaced. Removing the file ends every session.
 */
export function sessionSecret({ sessionSecret: path }: Workspace): Buffer {
  return read(path) ?? create(path)
}

function read(path: string): Buffer | null {
  try {
    const isPrivate = process.platform === 'win32' || (statSync(path).mode & 0o077) === 0
    const secret = Buffer.from(readFileSync(path, 'utf8'), 'base64url')
    return isPrivate && secret.length === secretBytes ? secret : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** @throws ExitlabError `disk`, with nothing left behind. */
function create(path: string): Buffer {
  const secret = randomBytes(secretBytes)
  try {
    replaceAtOnce(path, secret.toString('base64url'), { mode: 0o600 })
    return secret
  } catch (error) {
    // Of two processes that begin at once, one finds what it wrote renamed by the other.
    const ofOther = (error as NodeJS.ErrnoException).code === 'ENOENT' ? read(path) : null
    if (ofOther !== null) return ofOther
    throw unwritable(path, error as NodeJS.ErrnoException)
  }
}

function unwritable(path: string, error: NodeJS.ErrnoException): ExitlabError {
  const full = isDiskFull(error)
  return new ExitlabError(
    'disk',
    `${path}, which signs the sessions of browsers, cannot be written: ${full ? 'the disk is full' : error.code}. ` +
      (full ? 'Free some space, then try again.' : 'Check the permissions of the folder.'),
    { cause: error },
  )
}
