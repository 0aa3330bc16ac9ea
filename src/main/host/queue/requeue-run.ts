import type { Store } from '../../store/open.ts'

/** Puts a run back into the queue, and its failed phases with it. To be called within a transaction. */
export function requeue(store: Store, runId: string): void {
  store.runs.setStatus(runId, 'queued')
  store.runs.setFinished(runId, null)
  for (const { id, status } of store.phases.chain(runId)) if (status === 'failed') store.phases.setStatus(id, 'queued')
}
