import { readHostRecord } from '../store/lock.ts'
import { workspaceAt } from '../store/workspace.ts'

/** Where the host of a workspace listens, or listened when it was alive; null where none has said so. */
export function readHostAddress(folder: string): string | null {
  return readHostRecord(workspaceAt(folder))?.address ?? null
}
