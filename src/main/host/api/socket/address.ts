import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Workspace } from '../../../store/workspace.ts'

/** What the shortest of the platforms' limits for the path of a Unix socket leaves (104 bytes on macOS). */
const longestPath = 100

/**
 * Where the host of a workspace listens: a socket within the workspace; where that path would be too long, one in the
 * system's folder for temporary files, or on Windows a named pipe, called after the workspace.
 */
export function socketAddress({ folder }: Workspace, platform = process.platform): string {
  const name = `exitlab-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`
  const inside = join(folder, 'host.sock')
  return Buffer.byteLength(inside) <= longestPath ? inside : join(tmpdir(), `${name}.sock`)
}
