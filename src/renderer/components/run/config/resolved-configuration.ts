import type { RunDetail } from '../../../../shared/runs.ts'

/** Everything that decides what a run is, with nothing left open: the network with its sizes, where the images lie. */
export function resolvedConfiguration({ file, regime, seed, network, dataPath }: RunDetail): Record<string, unknown> {
  return {
    experiment: file.name,
    ...{ regime, seed },
    data: { ...file.data, path: dataPath },
    network,
    training: file.training,
    probes: file.probes,
  }
}
