import { ExitlabError } from '../../shared/basics/error.ts'
import type { PhaseStart } from '../../shared/phases/phase-events.ts'
import { toDiskLayout } from '../layers/layout.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { initialise } from '../networks/index.ts'
import type { Network } from '../networks/network.ts'
import type { PhaseOf } from '../objectives/exit-weights.ts'
import { taskOf } from '../tasks/index.ts'
import { startStopping } from './early-stopping.ts'
import { emptySums } from './epoch-sums.ts'
import { noPace } from './pace.ts'
import type { TorchArray, TrainingProgress, TrainingSnapshot } from './phase-state.ts'

/** Weights that a phase starts from, by name, and the parameter groups that they may lack. */
export interface StartWeights {
  arrays: Record<string, TorchArray>
  /** Parameter groups that are initialised instead, such as `heads.0`. */
  fresh: readonly string[]
}

/**
 * Where a phase begins: with the weights given, or with initial values (a function of seed and name); no moments.
 * @throws ExitlabError `checkpoint-damaged` where the weights lack an array of a group that is not to be initialised.
 */
export function startSnapshot(
  { network, phase }: PhaseOf,
  { seed, weights }: { seed: number; weights?: StartWeights },
): TrainingSnapshot {
  if (weights) refuseMissing(network, weights)
  const given = weights?.arrays ?? {}
  const fresh = initialise({ parameters: network.parameters.filter(({ name }) => !(name in given)) }, seed)
  const model = network.parameters.map((parameter) => [
    parameter.name,
    given[parameter.name] ?? toDiskLayout(parameter, fresh[parameter.name]!.values),
  ])
  return { model: Object.fromEntries(model), moments: {}, progress: startProgress({ network, phase }) }
}

/** Names of arrays by where a phase that starts from weights has them from; `leftOver`: of the weights, not of the network. */
export function startArrays(network: Network, { arrays }: StartWeights): PhaseStart {
  const needed = network.parameters.map(({ name }) => name)
  return {
    taken: needed.filter((name) => name in arrays),
    fresh: needed.filter((name) => !(name in arrays)),
    leftOver: Object.keys(arrays).filter((name) => !needed.includes(name)),
  }
}

function refuseMissing(network: Network, weights: StartWeights): void {
  const isMissing = ({ name, group }: ParameterSpec) => !(name in weights.arrays || weights.fresh.includes(group))
  const missing = network.parameters.filter(isMissing).map(({ name }) => name)
  if (missing.length === 0) return
  throw new ExitlabError(
    'checkpoint-damaged',
    `the initial weights of the phase lack ${missing.join(', ')}; they belong to another network`,
  )
}

function startProgress({ network, phase }: PhaseOf): TrainingProgress {
  return {
    epoch: 0,
    batch: 0,
    step: 0,
    ...startStopping(phase.stopsOn.length),
    keptEpoch: 0,
    running: emptySums(taskOf(network.spec), network.exits.length),
    pace: noPace,
  }
}
