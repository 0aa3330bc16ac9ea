import type { Store } from '../../store/open.ts'
import type { RunFailure, RunRow } from '../../store/runs.ts'
import type { Recorder } from './event-recorder.ts'

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
