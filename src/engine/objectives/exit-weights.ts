import { presentCounting, type CountingRule } from '../../shared/evaluation/counting.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Objective } from '../../shared/methods/objective.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'
import { costs } from '../cost/ledger.ts'
import { createNetwork, type Network } from '../networks/index.ts'
import { applyingLosses } from '../losses/index.ts'
import { weightings } from './index.ts'

/** A phase, and the network that it trains. */
export interface PhaseOf {
  network: Network
  phase: PhaseSpec
}

/** Weights of the exits' losses in the steps of an entry of the loss cycle, at an epoch of the phase (from 1); 0 for an exit that does not run. */
type ExitWeights = (entry: number, epoch: number) => number[]

/**
 * Weights of a phase's exits by its objective; its loss cycle says which exits run.
 * @throws ExitlabError `usage` where a weighting of an extension gives something else, which would end in a loss that is no number.
 */
export function exitWeightsOf({ network, phase: { lossCycle, objective, counting } }: PhaseOf): ExitWeights {
  const { weighting: name, parameters = {} } = objective ?? ({ weighting: 'uniform' } satisfies Objective)
  const weighting = weightings.get(name)
  const { exits } = network
  const exitCosts = costShares(network, objective ? (counting ?? 1) : presentCounting)
  return (entry, epoch) => {
    const all = weighting.weights({ exitCount: exits.length, epoch, exitCosts, parameters })
    const chosen = all.map((weight, exit) => (lossCycle[entry]![exit]! > 0 ? weight : 0))
    const sum = chosen.reduce((total, weight) => total + weight, 0)
    const areWeights = all.length === exits.length && all.every((weight) => weight >= 0) && sum > 0 && sum < Infinity
    if (!areWeights) throw noWeights(name, { all, exitCount: exits.length, epoch })
    return chosen.map((weight) => weight / (weighting.normalised ? sum : 1))
  }
}

/** Cost of each exit as a share of the backbone's, by a rule of counting. */
function costShares(network: Network, rule: CountingRule): number[] {
  const { backbone, exits } = costs(rule === presentCounting ? network : createNetwork(network.spec, rule))
  return exits.map((cost) => cost / backbone)
}

/** Epochs in which weights are compared. */
const comparedEpochs = 1000

/** Whether an objective weighs the exits of a network otherwise by the present rule of counting than by rule 1. */
function weighsAnew({ weighting: name, parameters = {} }: Objective, network: Network): boolean {
  const [now, before] = [costShares(network, presentCounting), costShares(network, 1)]
  if (now.join() === before.join()) return false
  const weightsBy = (exitCosts: readonly number[], epoch: number) =>
    weightings.get(name).weights({ exitCount: exitCosts.length, epoch, exitCosts, parameters }).join()
  try {
    return Array.from({ length: comparedEpochs }).some(
      (_, epoch) => weightsBy(now, epoch + 1) !== weightsBy(before, epoch + 1),
    )
  } catch {
    // A weighting that fails says so when it trains.
    return true
  }
}

function noWeights(
  name: string,
  { all, exitCount, epoch }: { all: readonly number[]; exitCount: number; epoch: number },
): ExitlabError {
  const file = weightings.origin(name)?.file
  return new ExitlabError(
    'usage',
    `The weighting “${name}”${file === undefined ? '' : ` (${file})`} gave the weights [${all.join(', ')}] in epoch ${epoch}; ` +
      `expected a finite number for each of ${exitCount} exits, none below 0 and not all 0.`,
  )
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
export function withObjective(phase: PhaseSpec, objective: Objective | undefined, network: Network): PhaseSpec {
  if (objective === undefined || phase.network === 'backbone') return phase
  const { weighting, parameters, gradients } = objective
  const isScaled = !(weightings.get(weighting).normalised && phase.lossCycle.every(hasOneExit))
  const weighs = isScaled && weighting !== 'uniform'
  const scales = gradients !== undefined && trainsSharedBackbone(phase, network)
  const between = applyingLosses(objective, phase)
  if (!weighs && !scales && Object.keys(between).length === 0) return phase
  const weighted = { weighting, ...(parameters && { parameters }) }
  return {
    ...phase,
    objective: { ...weighted, ...(scales && { gradients }), ...between },
    ...(weighs && weighsAnew(objective, network) && { counting: presentCounting }),
  }
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
