import type { RunFailure, RunRow } from '../../store/runs.ts'
import type { ChosenTask } from './choose-tasks.ts'
import type { RunTaskOptions } from './run-task.ts'

type Context = Pick<RunTaskOptions, 'store' | 'recorder'>

/** Writes down that a task of a run is being done. */
export function startRun({ store, recorder }: Context, { run, task }: ChosenTask): void {
  store.transaction(() => {
    if (task.kind === 'train') store.phases.setStatus(task.phase.id, 'running')
    store.runs.setStatus(run.id, 'running')
    store.runs.setStarted(run.id, recorder.now())
  })
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

/** Writes down that no task of a run is being done. */
export function putBackRun({ store, recorder }: Context, { id }: RunRow): void {
  store.runs.setStatus(id, 'queued')
  recorder.runs([id])
}
