import { statSync } from 'node:fs'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Workspace } from './workspace.ts'

/** Why the folder of an open workspace is no longer where it was opened; null while it is. Cheap enough to ask before every call. */
export type WhyMoved = () => ExitlabError | null

/** Of the folder on its disk: paths change, and several can lead to one folder. */
export function identityOf({ folder }: Workspace): string {
  const { dev, ino } = statSync(folder, { bigint: true })
  return `${dev}:${ino}`
}

/** Remembers which folder a workspace is, and tells when it is moved away, removed or replaced. */
export function watchPlace(workspace: Workspace): WhyMoved {
  const opened = identityNow(workspace)
  return () => {
    const now = identityNow(workspace)
    // What has no folder yet, as one that is only read, cannot be moved away.
    if (opened === null || now === opened) return null
    const what =
      now === null
        ? `The workspace is no longer at ${workspace.folder}: its folder was moved, removed, or cannot be reached.`
        : `The workspace is no longer at ${workspace.folder}: another folder is in its place.`
    return new ExitlabError(
      'workspace-damaged',
      `${what} Nothing is trained and nothing written until it is back. Move it back, or end process ${process.pid} and open the workspace where it is now with --workspace DIR.`,
    )
  }
}

function identityNow(workspace: Workspace): string | null {
  try {
    return identityOf(workspace)
  } catch {
    return null
  }
}
