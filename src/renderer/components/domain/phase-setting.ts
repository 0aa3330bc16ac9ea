import type { RunDetail } from '../../../contract/run-detail.ts'
import type { PhaseDetail } from '../../../shared/runs.ts'
import type { TrainingSpec } from '../../../shared/training.ts'

type Own = Pick<PhaseDetail, 'settings'>

/** Patience of a phase's early stopping: its own, or that of the experiment. */
export function patienceOf({ training }: Pick<RunDetail['file'], 'training'>, { settings }: Own): number | null {
  const own = settings?.['training.earlyStopping.patience']
  return own === undefined ? training.earlyStopping.patience : (own as number | null)
}

/** Which checkpoint of a phase is kept: by its own setting, or by that of the experiment. */
export function keepOf({ training }: Pick<RunDetail['file'], 'training'>, { settings }: Own): TrainingSpec['keep'] {
  return (settings?.['training.keep'] as TrainingSpec['keep'] | undefined) ?? training.keep
}
