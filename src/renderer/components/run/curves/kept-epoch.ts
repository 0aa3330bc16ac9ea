import type { TrainingSpec } from '../../../../shared/training.ts'
import type { EpochHistory } from '../../../composables/run/use-epochs.ts'

/** Epoch whose weights a phase would hand on if it ended now; null before its first. */
export function keptSoFar(history: EpochHistory | undefined, keep: TrainingSpec['keep']): number | null {
  const records = history?.records ?? []
  const kept = keep === 'last-epoch' ? records.at(-1) : records.findLast(({ improved }) => improved)
  return kept?.epoch ?? null
}
