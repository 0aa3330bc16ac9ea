import { readHostRecord, type HostRecord } from '../../../store/lock.ts'
import { workspaceAt } from '../../../store/workspace.ts'

/** A host that can be talked to. */
export interface RunningHost extends Pick<HostRecord, 'pid'> {
  address: string
}

/** Address of the host of a workspace, possibly of one that has ended; null if none is recorded. */
export function findRunningHost(folder: string): RunningHost | null {
  const record = readHostRecord(workspaceAt(folder))
  return record?.address ? { pid: record.pid, address: record.address } : null
}
