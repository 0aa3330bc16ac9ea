import type { Store } from '../../store/open.ts'

/** Puts a run back into the queue, and its failed phases with it. To be called within a transaction. */
export function requeue(store: Store, runId: string): void {
  store.runs.requeue(runId)
  for (const { id, status } of store.phases.chain(runId)) if (status === 'failed') store.phases.setStatus(id, 'queued')
}

/** Queues again what a host was working on when it died. */
export function requeueInterrupted(store: Store): void {
  store.transaction(() => {
    for (const id of store.phases.running()) store.phases.setStatus(id, 'queued')
    for (const { id } of store.runs.withStatus('running')) store.runs.setStatus(id, 'queued')
    for (const id of store.analyses.running()) store.analyses.setStatus(id, 'queued')
  })
}
