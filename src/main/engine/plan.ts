import type { NetworkChoice, NetworkSpec, SampleSpec } from '../../shared/network.ts'
import type { Objective } from '../../shared/objective.ts'
import type { PhaseSpec, RegimeName } from '../../shared/phase.ts'
import type { Costs } from '../../shared/runs.ts'
import type { WeightsDescription, WeightsUse } from '../../shared/weights.ts'
import { costs } from './cost/ledger.ts'
import { activations } from './layers/operations.ts'
import { bareBackbone, createNetwork, membersOf, resolveNetwork, type Network } from './networks/index.ts'
import { withObjective } from './objectives/exit-weights.ts'
import { importWeights, useOf } from './networks/weight-import.ts'
import { phasesOf } from './regimes/index.ts'
import { ensemblePhase } from './regimes/phases.ts'

export { drawNetwork } from './cost/drawing.ts'
export { resolveNetwork } from './networks/index.ts'

/**
 * What can be said about an experiment before anything is trained. This entry computes with shapes alone: it loads the JavaScript
 * half of TensorFlow.js (a third of a second: import it when it is needed) but never TensorFlow, so the host may use it.
 */
export interface ExperimentPlan {
  network: NetworkSpec
  costs: Costs
  /** Phases of each regime, in order, each with the network that it trains. */
  regimes: PlannedRegime[]
}

interface PlannedRegime {
  regime: RegimeName
  phases: PlannedPhase[]
  /** What its first phase takes from the weights that it starts from, and whether heads are among it; null where it starts fresh. */
  start: { use: WeightsUse; heads: boolean } | null
}

export interface PlannedPhase {
  phase: PhaseSpec
  network: NetworkSpec
  /** Parts of its network that the phase before it does not have; all of them in the first phase. */
  fresh: string[]
  numbers: PhaseNumbers
}

/** Numbers of float32 values of a phase: parameters and buffers, optimiser moments, and activations of one sample. */
interface PhaseNumbers {
  model: number
  moments: number
  /** Of all that a step trains. */
  gradients: number
  /**
   * What gradient dominance has at once where it is measured: a gradient of the backbone for each exit that it compares, the rows
   * that it makes of those of a part and the matrix that it makes of these.
   */
  dominance: number
  activations: number
}

interface Planning {
  samples: SampleSpec
  regimes: readonly RegimeName[]
  objective?: Objective | undefined
  /** A file that the first phase of each regime starts from. */
  weights?: WeightsDescription | null
}

/** Resolves an experiment's network for its samples and unfolds its regimes. Throws `invalid-experiment` where they do not fit together. */
export function planExperiment(
  choice: NetworkChoice,
  { samples, regimes, objective, weights }: Planning,
): ExperimentPlan {
  const spec = resolveNetwork(choice, samples)
  const network = createNetwork(spec)
  const ofMembers = membersOf(spec)
  const members = ofMembers ? createNetwork(ofMembers) : network
  const networks = { backbone: createNetwork(bareBackbone(spec)), 'multi-exit': members, ensemble: network }
  const startOf = (kind: PhaseSpec['network']) => (weights ? startFrom(networks[kind], weights) : null)
  return {
    network: spec,
    costs: costsOf(network),
    regimes: regimes.map((regime) => {
      const last = members === network ? [] : [ensemblePhase(members, network)]
      const phases = [...phasesOf(regime, members), ...last].map((phase) => withObjective(phase, objective, network))
      return { regime, phases: plannedPhases(phases, networks), start: startOf(phases[0]!.network) }
    }),
  }
}

function costsOf(network: Network): Costs {
  const { backbone, exits } = costs(network)
  const costOf = ({ exit, block }: Network['exits'][number]) => {
    const macs = exits[exit]!
    return { exit, block, macs, fraction: macs / backbone }
  }
  return { backboneMacs: backbone, exits: network.exits.map(costOf) }
}

function startFrom(network: Network, weights: WeightsDescription): PlannedRegime['start'] {
  const found = importWeights(network, weights)
  const heads = new Set(network.groups.flatMap(({ name, kind }) => (kind === 'head' ? name : [])))
  return { use: useOf(found), heads: found.taken.some(({ parameter }) => heads.has(parameter.group)) }
}

function plannedPhases(phases: readonly PhaseSpec[], networks: Record<PhaseSpec['network'], Network>): PlannedPhase[] {
  let before: readonly string[] = []
  return phases.map((phase) => {
    const network = networks[phase.network]
    const groups = network.groups.map(({ name }) => name)
    const fresh = groups.filter((group) => !before.includes(group))
    before = groups
    return { phase, network: network.spec, fresh, numbers: numbersOf(network, phase) }
  })
}

function numbersOf({ parameters, operations, groups, exits }: Network, { trains, lossCycle }: PhaseSpec): PhaseNumbers {
  const trained = parameters.filter(({ group, kind }) => kind === 'parameter' && trains.includes(group))
  const backbone = new Set(groups.flatMap(({ name, kind }) => (kind === 'backbone' ? name : [])))
  const compared = exits.filter(({ exit }) => lossCycle.some((weights) => weights[exit]! > 0))
  const perPart = [...backbone].map(
    (part) =>
      sizeOf(trained.filter(({ group }) => group === part)) *
      compared.filter(({ reaches }) => reaches.includes(part)).length,
  )
  // Of one loss there is nothing to compare.
  const dominance = compared.length < 2 ? 0 : perPart.reduce((sum, size) => sum + size, 0) + 2 * Math.max(...perPart)
  return {
    model: sizeOf(parameters),
    moments: 2 * sizeOf(trained),
    gradients: sizeOf(trained),
    dominance,
    activations: activations(operations.exits.at(-1)!),
  }
}

function sizeOf(arrays: Network['parameters']): number {
  return arrays.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)
}
