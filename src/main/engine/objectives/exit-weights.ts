import type { Objective } from '../../../shared/objective.ts'
import type { PhaseSpec } from '../../../shared/phase.ts'
import { costs } from '../cost/ledger.ts'
import type { Network } from '../networks/network.ts'
import { applyingLosses } from '../losses/index.ts'
import { weightings } from './index.ts'

/** A phase, and the network that it trains. */
export interface PhaseOf {
  network: Network
  phase: PhaseSpec
}

/** Weights of the exits' losses in the steps of an entry of the loss cycle, at an epoch of the phase (from 1); 0 for an exit that does not run. */
export type ExitWeights = (entry: number, epoch: number) => number[]

/** Weights of a phase's exits by its objective; its loss cycle says which exits run. */
export function exitWeightsOf({ network, phase: { lossCycle, objective } }: PhaseOf): ExitWeights {
  const { weighting: name, parameters = {} } = objective ?? ({ weighting: 'uniform' } satisfies Objective)
  const weighting = weightings.get(name)
  const { backbone, exits } = costs(network)
  const exitCosts = exits.map((cost) => cost / backbone)
  return (entry, epoch) => {
    const all = weighting.weights({ exitCount: exits.length, epoch, exitCosts, parameters })
    const chosen = all.map((weight, exit) => (lossCycle[entry]![exit]! > 0 ? weight : 0))
    const divisor = weighting.normalised ? chosen.reduce((sum, weight) => sum + weight, 0) : 1
    return chosen.map((weight) => weight / divisor)
  }
}

/** Mean weight of each exit over the loss cycle. */
export function meanExitWeights(subject: PhaseOf, epoch: number): number[] {
  const { lossCycle } = subject.phase
  const weightsOf = exitWeightsOf(subject)
  const cycle = lossCycle.map((_, entry) => weightsOf(entry, epoch))
  return cycle[0]!.map((_, exit) => cycle.reduce((sum, weights) => sum + weights[exit]!, 0) / cycle.length)
}

/** Whether the steps of a phase add the loss that heads have of their own. */
export function countsHeadLoss({ objective }: PhaseSpec): boolean {
  return objective !== undefined && weightings.get(objective.weighting).auxiliary === true
}

/** Whether the backbone receives the means of the exits' gradients in a phase, not their sums. */
export function isBalanced({ objective }: PhaseSpec): boolean {
  return objective?.gradients === 'equilibrium'
}

/** A phase of a regime for this network under an objective; what of it changes nothing is left out, so that objectives share the phase. */
export function withObjective(
  phase: PhaseSpec,
  objective: Objective | undefined,
  network: Pick<Network, 'exits' | 'groups'>,
): PhaseSpec {
  if (objective === undefined || phase.network === 'backbone') return phase
  const { weighting, parameters, gradients } = objective
  const weighs = !(weightings.get(weighting).normalised && phase.lossCycle.every(hasOneExit))
  const scales = gradients !== undefined && trainsSharedBackbone(phase, network)
  const between = applyingLosses(objective, phase)
  if (!(weighs && weighting !== 'uniform') && !scales && Object.keys(between).length === 0) return phase
  const weighted = { weighting, ...(parameters && { parameters }) }
  return { ...phase, objective: { ...weighted, ...(scales && { gradients }), ...between } }
}

const hasOneExit = (weights: readonly number[]) => weights.filter((weight) => weight > 0).length === 1

/** Whether a step trains a part of the backbone that the losses of several exits reach. */
function trainsSharedBackbone(
  { trains, lossCycle }: PhaseSpec,
  { exits, groups }: Pick<Network, 'exits' | 'groups'>,
): boolean {
  const backbone = groups.flatMap(({ name, kind }) => (kind === 'backbone' && trains.includes(name) ? [name] : []))
  return lossCycle.some((weights) => {
    const running = exits.filter(({ exit }) => weights[exit]! > 0)
    return backbone.some((group) => running.filter(({ reaches }) => reaches.includes(group)).length > 1)
  })
}
