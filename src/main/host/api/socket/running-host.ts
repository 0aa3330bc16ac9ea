import { readHostRecord, type HostRecord } from '../../../store/lock.ts'
import { workspaceAt } from '../../../store/workspace.ts'

/** A host that can be talked to. */
export interface HostPlace extends Pick<HostRecord, 'pid'> {
  address: string
}

/** Where the host of a workspace listens, or listened when it was alive; null where none has said so. */
export function readHostPlace(folder: string): HostPlace | null {
  const record = readHostRecord(workspaceAt(folder))
  return record?.address ? { pid: record.pid, address: record.address } : null
}
