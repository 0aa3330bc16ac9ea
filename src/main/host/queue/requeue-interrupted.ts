import type { Store } from '../../store/open.ts'

/** Puts back into the queue what a host that died was working on. */
export function recover(store: Store): void {
  store.transaction(() => {
    for (const id of store.phases.running()) store.phases.setStatus(id, 'queued')
    for (const { id } of store.runs.withStatus('running')) store.runs.setStatus(id, 'queued')
    for (const id of store.analyses.running()) store.analyses.setStatus(id, 'queued')
  })
}
