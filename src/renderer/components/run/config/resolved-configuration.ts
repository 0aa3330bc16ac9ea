import type { RunDetail } from '../../../../contract/run-detail.ts'

/** The complete resolved settings of a run: the network with its sizes, the path of the data. */
export function resolvedConfiguration(
  run: Pick<RunDetail, 'file' | 'regime' | 'seed' | 'network' | 'dataPath' | 'weightsPath' | 'phases'>,
): Record<string, unknown> {
  const { file, regime, seed, network, dataPath, weightsPath } = run
  const own = run.phases.filter(({ settings }) => settings !== undefined)
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
    ...(own.length > 0 && { phases: own.map(({ name, settings }) => ({ name, ...settings })) }),
  }
}
