import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'

/** The last phase of a run, with its best checkpoint. */
export type TrainedPhase = PhaseRow & { checkpoint: NonNullable<PhaseRow['checkpoint']> }

/** A run that has final weights. */
export interface TrainedRun {
  run: RunRow
  phase: TrainedPhase
}

/** The last phase of a run; null while it has no final weights. */
export function trainedPhase(store: Store, runId: string): TrainedPhase | null {
  const last = store.phases.chain(runId).at(-1)
  return last?.status === 'done' && last.checkpoint !== null ? { ...last, checkpoint: last.checkpoint } : null
}
