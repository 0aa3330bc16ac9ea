import { hash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { userId } from '../../../../files/this-user.ts'
import type { Workspace } from '../../../store/workspace.ts'

/** Shortest platform limit for the path of a Unix socket (104 bytes on macOS). */
const longestPath = 100

/**
 * Where the host of a workspace listens: a socket within the workspace; where that path would be too long, one in the
 * system's folder for temporary files, or on Windows a named pipe, called after the workspace. Sockets lie in a folder of
 * their own.
 */
export function socketAddress({ folder }: Workspace, platform = process.platform): string {
  const name = hash('sha256', folder).slice(0, 24)
  if (platform === 'win32') return `\\\\.\\pipe\\exitlab-${name}`
  const inside = join(folder, 'socket', 'host.sock')
  if (Buffer.byteLength(inside) <= longestPath) return inside
  return join(tmpdir(), `exitlab-${userId()}`, `${name}.sock`)
}

/**
 * Makes the folder of a socket, which nobody but this user may enter: a socket's own permissions come too late, after it
 * listens, and some systems ignore them. @throws ExitlabError `disk` where something of somebody else's is in its place.
 */
export function makeSocketFolder(address: string): void {
  const folder = dirname(address)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== userId()) {
    throw new ExitlabError(
      'disk',
      `The host cannot listen in ${folder}: expected a folder owned by this user. ` +
        `Remove it, or set TMPDIR to a folder of your own.`,
    )
  }
  chmodSync(folder, 0o700)
}
