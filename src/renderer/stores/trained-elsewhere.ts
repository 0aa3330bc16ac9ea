import type { Progress } from '../../shared/events.ts'
import type { RunPhase, RunStatus, RunSummary } from '../../shared/runs.ts'

/** A phase that is trained on behalf of another run than the one that it is looked at from. */
export interface Elsewhere {
  phase: RunPhase
  trainer: NonNullable<RunPhase['trainedFor']>
}

/** The phase that a run shares and another run has trained at the moment; null where it has none. */
export function trainedElsewhere({ id, phases }: Pick<RunSummary, 'id' | 'phases'>): Elsewhere | null {
  const phase = phases.find(({ trainedFor }) => trainedFor !== null)
  const trainer = phase?.trainedFor
  return phase && trainer && trainer.id !== id ? { phase, trainer } : null
}

/** The phase that a queued run waits for, because it is trained for another run; null where it waits for its turn only. */
export function waitsFor(run: Pick<RunSummary, 'id' | 'phases' | 'status'>): Elsewhere | null {
  return run.status === 'queued' ? trainedElsewhere(run) : null
}

/** A run's status as its pill says it: a queued run that waits for another run's phase is `waiting`. */
export function shownStatus(run: Pick<RunSummary, 'id' | 'phases' | 'status'>): RunStatus | 'waiting' {
  return waitsFor(run) === null ? run.status : 'waiting'
}

/** Where the training of a run's phase is, whichever run it is trained for; null while none of its phases is trained. */
export function progressOf(run: RunSummary, progress: ReadonlyMap<string, Progress>): Progress | null {
  const elsewhere = trainedElsewhere(run)
  if (elsewhere === null) return progress.get(run.id) ?? null
  const found = progress.get(elsewhere.trainer.id)
  // When the other run is done says nothing of this one.
  return found?.phase === elsewhere.phase.id ? { ...found, runSecondsLeftAtMost: null } : null
}
