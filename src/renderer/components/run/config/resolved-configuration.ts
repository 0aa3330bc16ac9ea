import type { RunDetail } from '../../../../contract/run-detail.ts'
import { ownObjective } from '../../domain/phase-setting.ts'

/** The complete resolved settings of a run: the network with its sizes, the path of the data. */
export function resolvedConfiguration(
  run: Pick<RunDetail, 'file' | 'regime' | 'seed' | 'network' | 'dataPath' | 'weightsPath' | 'phases'>,
): Record<string, unknown> {
  const { file, regime, seed, network, dataPath, weightsPath } = run
  const own = run.phases.flatMap((phase) => {
    const objective = ownObjective(file, phase)
    return phase.settings || objective ? [{ name: phase.name, ...phase.settings, ...(objective && { objective }) }] : []
  })
  return {
    experiment: file.name,
    regime,
    seed,
    data: { ...file.data, path: dataPath },
    network,
    objective: file.objective ?? { weighting: 'uniform' },
    ...(weightsPath !== null && { initial: { weights: weightsPath } }),
    training: file.training,
    probes: file.probes,
    ...(own.length > 0 && { phases: own }),
  }
}
