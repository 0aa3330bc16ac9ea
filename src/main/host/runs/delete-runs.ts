import type { RunRow } from '../../store/runs.ts'
import type { HostServices } from '../services.ts'

/** Takes runs out of lists and ends their training, and the analyses of them; they can be restored until they are purged. */
export async function deleteRuns(
  { store, recorder, scheduler, analysisQueue }: HostServices,
  runs: readonly RunRow[],
): Promise<void> {
  store.transaction(() => {
    for (const run of runs) {
      store.runs.setDeleted(run.id, recorder.now())
      if (run.status === 'running') store.runs.setStatus(run.id, 'queued')
    }
  })
  await Promise.all([...runs.map(({ id }) => scheduler.release(id)), analysisQueue.release()])
}
