import type { HostClient } from '../../contract/index.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'

/** Runs of one request: the host answers others in between. */
const pageSize = 1000

/** Runs by their ids, deleted ones too; those that are gone are left out. */
export async function readRuns(client: HostClient, ids: readonly string[]): Promise<RunSummary[]> {
  const runs: RunSummary[] = []
  for (let start = 0; start < ids.length; start += pageSize)
    runs.push(...(await client.runs.summaries({ ids: ids.slice(start, start + pageSize) })))
  return runs
}
