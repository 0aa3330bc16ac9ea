import type { DataSpec } from '../../shared/data/data.ts'
import { settingRefused } from '../../shared/basics/error.ts'
import { type TrainingSpec, withChanges } from '../../shared/experiment/training.ts'
import type { WrittenPhase } from '../../shared/phases/written-phase.ts'
import type { ExperimentFile } from './experiment.ts'
import { withoutPath } from './identity.ts'

/** What a phase is trained with: the experiment's settings with its own. */
export interface PhaseSettings {
  training: TrainingSpec
  data: DataSpec
}

/**
 * The settings of each phase of a regime. With `training.totalEpochs` their maximum numbers of epochs add up to it.
 * @throws ExitlabError `invalid-experiment` where a phase would have no epoch.
 */
export function settingsOfPhases(
  { data, training: { totalEpochs, ...training } }: Pick<ExperimentFile, 'data' | 'training'>,
  phases: readonly WrittenPhase[],
): PhaseSettings[] {
  const epochs = totalEpochs === undefined ? null : sharedEpochs(totalEpochs, phases)
  return phases.map((phase, index) => ({
    training: withChanges({ ...training, ...(epochs && { epochs: epochs[index]! }) }, phase.training ?? {}),
    data: {
      ...withoutPath(data),
      ...(phase.augmentation && { augmentation: phase.augmentation }),
      ...(phase.mixing !== undefined && { mixing: phase.mixing }),
    },
  }))
}

/** `total` in whole numbers by the phases' shares: each rounded down, the rest to those with the largest remainders, the first of equal ones. */
function sharedEpochs(total: number, phases: readonly WrittenPhase[]): number[] {
  const shares = phases.map(({ share = 1 }) => share)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  const exact = shares.map((share) => (total * share) / whole)
  const epochs = exact.map(Math.floor)
  const rest = total - epochs.reduce((sum, each) => sum + each, 0)
  const byRemainder = exact.map((each, index) => ({ index, remainder: each - epochs[index]! }))
  byRemainder.sort((a, b) => b.remainder - a.remainder)
  byRemainder.slice(0, rest).forEach(({ index }) => epochs[index]!++)
  if (epochs.every((each) => each > 0)) return epochs
  const message = `${total} do not suffice for ${phases.length} phases in these shares: one would have no epoch; expected more`
  throw settingRefused(['training', 'totalEpochs'], message)
}
