import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { ExperimentFile } from '../../../experiment/experiment.ts'
import { type PhaseSettings, settingsOfPhases } from '../../../experiment/phase-settings.ts'
import type { ExperimentPlan } from '../../engine/plan.ts'

/** The settings of all phases that an experiment trains, each once. */
export function distinctSettings(
  file: Pick<ExperimentFile, 'data' | 'training'>,
  { regimes }: Pick<ExperimentPlan, 'regimes'>,
): PhaseSettings[] {
  const written = regimes.map(({ phases }) => phases.map((phase) => phase.written))
  const all = written.flatMap((phases) => settingsOfPhases(file, phases))
  return [...new Map(all.map((each) => [canonicalJson(each), each])).values()]
}
