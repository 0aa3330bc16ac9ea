import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import type { Workspace } from '../../store/workspace.ts'

const secretBytes = 32

/**
 * What the sessions of a workspace are signed with; it stays, so that a page finds its way back after the host was started
 * anew. Made where there is none, or where others could have read it. Removing the file ends every session.
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

function create(path: string): Buffer {
  const secret = randomBytes(secretBytes)
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, secret.toString('base64url'), { mode: 0o600, flush: true })
  renameSync(beside, path)
  return secret
}
