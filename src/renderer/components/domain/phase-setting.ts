import type { RunDetail } from '../../../contract/run-detail.ts'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { Json } from '../../../shared/basics/json.ts'
import type { Objective } from '../../../shared/methods/objective.ts'
import type { PhaseDetail } from '../../../shared/runs/runs.ts'
import type { TrainingSpec } from '../../../shared/experiment/training.ts'

/** The objective of a phase where it is another than that of its experiment. */
export function ownObjective(
  { objective: ofExperiment }: Pick<RunDetail['file'], 'objective'>,
  { objective }: Pick<PhaseDetail, 'objective'>,
): Objective | undefined {
  const text = (each: Objective | undefined) => canonicalJson((each ?? null) as Json)
  return text(objective) === text(ofExperiment) ? undefined : objective
}

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
