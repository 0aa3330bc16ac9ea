import type { Store } from '../../store/open.ts'
import type { RunFailure, RunRow } from '../../store/runs.ts'
import type { Recorder } from './events/event-recorder.ts'

interface Context {
  store: Store
  recorder: Recorder
}

/** Writes down that a run has all it needs. */
export function completeRun({ store, recorder }: Context, { id }: RunRow): void {
  store.runs.finish(id, recorder.now())
  recorder.runs([id])
}

/** Writes down why a run cannot be trained. */
export function failRun({ store, recorder }: Context, { id }: RunRow, { code, message }: RunFailure): void {
  store.runs.finish(id, recorder.now(), { code, message })
  recorder.log({ level: 'error', run: id, phase: null, message })
  recorder.runs([id])
}

/** Writes down that no phase of a run is being trained. */
export function putBackRun({ store, recorder }: Context, { id }: RunRow): void {
  store.runs.setStatus(id, 'queued')
  recorder.runs([id])
}

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
