import type { RunSummary } from '../../../shared/runs/runs.ts'
import type { Store } from '../../store/open.ts'
import type { Recorder } from './events/event-recorder.ts'
import { requeue } from './run-states.ts'
import type { Scheduler } from './scheduler.ts'

interface Services {
  store: Store
  recorder: Recorder
  scheduler: Pick<Scheduler, 'wake' | 'revive' | 'release'>
}

/** Ends the work for runs with a checkpoint. */
export async function haltRuns(
  { store, scheduler, recorder }: Services,
  runs: readonly string[],
  status: 'paused' | 'stopped',
): Promise<void> {
  store.transaction(() => runs.forEach((id) => store.runs.setStatus(id, status)))
  recorder.runs(runs)
  await scheduler.release(runs)
}

/** Queues those again that are paused, stopped or failed. @returns how many. */
export function wakeUp(services: Services, runs: readonly string[]): number {
  const asleep = runs.filter((id) => ['paused', 'stopped', 'failed'].includes(services.store.runs.get(id)!.status))
  if (asleep.length > 0) queueAgain(services, asleep)
  return asleep.length
}

/** Puts runs back into the queue. @returns them as they wait there. */
export function queueAgain({ store, scheduler, recorder }: Services, runs: readonly string[]): RunSummary[] {
  scheduler.revive()
  store.transaction(() => runs.forEach((id) => requeue(store, id)))
  recorder.runs(runs)
  const queued = store.summaries.of(runs)
  scheduler.wake()
  return queued
}
