import type { Progress } from '../../shared/phases/events.ts'
import type { RunStatus, RunSummary } from '../../shared/runs/runs.ts'

/** The shared phase that another run is training; null if there is none. */
export function trainedElsewhere({ id, phases }: Pick<RunSummary, 'id' | 'phases'>) {
  const phase = phases.find(({ trainedFor }) => trainedFor !== null)
  const trainer = phase?.trainedFor
  return phase && trainer && trainer.id !== id ? { phase, trainer } : null
}

/** The phase that a queued run waits for, because it is trained for another run; null where it waits for its turn only. */
export function waitsFor(run: Pick<RunSummary, 'id' | 'phases' | 'status'>) {
  return run.status === 'queued' ? trainedElsewhere(run) : null
}

/** A run's status as its pill says it: a queued run that waits for another run's phase is `waiting`. */
export function shownStatus(run: Pick<RunSummary, 'id' | 'phases' | 'status'>): RunStatus | 'waiting' {
  return waitsFor(run) === null ? run.status : 'waiting'
}

/** Progress of a run's phase, whichever run it is trained for; null while none of its phases is trained. */
export function progressOf(run: RunSummary, progress: ReadonlyMap<string, Progress>): Progress | null {
  const elsewhere = trainedElsewhere(run)
  if (elsewhere === null) return progress.get(run.id) ?? null
  const found = progress.get(elsewhere.trainer.id)
  // When the other run is done says nothing of this one.
  return found?.phase === elsewhere.phase.id ? { ...found, runSecondsLeftAtMost: null } : null
}
