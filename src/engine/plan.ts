import type { NetworkChoice, NetworkSpec, SampleSpec } from '../shared/network/network.ts'
import type { PhaseSpec } from '../shared/phases/phase.ts'
import { settingRefused } from '../shared/basics/error.ts'
import type { Costs } from '../shared/runs/runs.ts'
import { isDefaultObjective, type Objective } from '../shared/methods/objective.ts'
import type { WeightsDescription, WeightsUse } from '../shared/network/weights.ts'
import { nameOfRegime, type RegimeChoice, type WrittenPhase } from '../shared/phases/written-phase.ts'
import type { NetworkFile } from '../shared/network/network-file.ts'
import { costs } from './cost/ledger.ts'
import { activations } from './layers/operations.ts'
import { bareBackbone, createNetwork, membersOf, resolveNetwork, type Network } from './networks/index.ts'
import { groupNames } from './networks/network.ts'
import { withObjective } from './objectives/exit-weights.ts'
import { importWeights, useOf } from './networks/weight-import.ts'
import { ensemblePhase, unfold, type UnfoldedPhase, withPhases } from './regimes/index.ts'

export { drawNetwork } from './cost/drawing.ts'
export { recounted } from './cost/recount.ts'
export { stepCosts } from './cost/training-cost.ts'
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
  regime: string
  phases: PlannedPhase[]
  /** The network that its last phase trains, and its costs. */
  network: NetworkSpec
  costs: Costs
}

export interface PlannedPhase {
  phase: PhaseSpec
  /** As it is written, for the settings of its own. */
  written: WrittenPhase
  network: NetworkSpec
  /** Index of the phase whose weights it starts from; null: it starts as the first phase does. */
  from: number | null
  /** What it takes from the file of weights that it starts from, and whether heads are among it; null where it starts from none. */
  start: { use: WeightsUse; heads: boolean } | null
  /** Parts of its network that the phase it starts from does not have; all of them where it starts from none. */
  fresh: string[]
  numbers: PhaseNumbers
}

/** Numbers of float32 values of a phase: parameters and buffers, and activations of one sample. */
interface PhaseNumbers {
  model: number
  /** Of all that a step trains. The optimiser keeps as many, once or several times. */
  gradients: number
  /**
   * What gradient dominance has at once where it is measured: a gradient of the backbone for each exit that it compares, the rows
   * that it makes of those of a part and the matrix that it makes of these.
   */
  dominance: number
  activations: number
}

interface Planning {
  network: NetworkChoice
  samples: SampleSpec
  regimes: readonly RegimeChoice[]
  objective?: Objective | undefined
  /** A file that the first phase of each regime starts from. */
  weights?: WeightsDescription | null
  /** What the file of the network holds, where it has one. */
  networkFile?: NetworkFile | undefined
}

/** Resolves an experiment's network for its samples and unfolds its regimes. Throws `invalid-experiment` where they do not fit together. */
export function planExperiment({
  network: choice,
  samples,
  regimes,
  objective,
  weights,
  networkFile,
}: Planning): ExperimentPlan {
  const spec = resolveNetwork(choice, samples, networkFile)
  const network = createNetwork(spec)
  const ofMembers = membersOf(spec)
  const members = ofMembers ? createNetwork(ofMembers) : network
  const networks = { backbone: createNetwork(bareBackbone(spec)), 'multi-exit': members, ensemble: network }
  return {
    network: spec,
    costs: costsOf(network),
    regimes: regimes.map((regime, index) => {
      const own = unfold(withPhases(regime), members, ['regimes', index])
      const all = members === network || isStatic(own) ? own : [...own, ensemblesAfter(own, members, network)]
      const phases = all.map((each) => ({ ...each, phase: withOwnObjective(each, objective, network) }))
      const trained = networks[all.at(-1)!.phase.network]
      return {
        regime: nameOfRegime(regime),
        phases: plannedPhases(phases, { networks, weights }),
        network: trained.spec,
        costs: costsOf(trained),
      }
    }),
  }
}

/** Whether a regime ends with the bare backbone. */
const isStatic = (phases: readonly UnfoldedPhase[]) => phases.at(-1)!.phase.network === 'backbone'

function ensemblesAfter(phases: readonly UnfoldedPhase[], members: Network, network: Network): UnfoldedPhase {
  return { phase: ensemblePhase(members, network), written: { trains: 'all' }, from: phases.length - 1 }
}

/** A phase under its own objective, or else that of the experiment. */
function withOwnObjective({ phase, written }: UnfoldedPhase, objective: Objective | undefined, network: Network) {
  const own = written.objective ?? objective
  refuseUnbalanced(network, own)
  return withObjective(phase, own && isDefaultObjective(own) ? undefined : own, network)
}

function refuseUnbalanced({ noEquilibrium }: Network, objective: Objective | undefined): void {
  if (noEquilibrium === undefined || objective?.gradients !== 'equilibrium') return
  throw settingRefused(['objective', 'gradients'], `equilibrium cannot be computed in this network: ${noEquilibrium}`)
}

/** Names of the arrays that a network has without its heads, which are initialised and trained for it. */
export function arraysWithoutHeads(spec: NetworkSpec): string[] {
  const { parameters, groups } = createNetwork(spec)
  const heads = new Set(groupNames(groups, 'head'))
  return parameters.flatMap(({ name, group }) => (heads.has(group) ? [] : name))
}

function costsOf(network: Network): Costs {
  const { backbone, exits } = costs(network)
  const costOf = ({ exit, block }: Network['exits'][number]) => {
    const macs = exits[exit]!
    return { exit, block, macs, fraction: macs / backbone }
  }
  return { backboneMacs: backbone, exits: network.exits.map(costOf) }
}

function startFrom(network: Network, weights: WeightsDescription): PlannedPhase['start'] {
  const found = importWeights(network, weights)
  const heads = new Set(groupNames(network.groups, 'head'))
  return { use: useOf(found), heads: found.taken.some(({ parameter }) => heads.has(parameter.group)) }
}

interface Surroundings {
  networks: Record<PhaseSpec['network'], Network>
  weights: WeightsDescription | null | undefined
}

function plannedPhases(phases: readonly UnfoldedPhase[], { networks, weights }: Surroundings): PlannedPhase[] {
  const groupsOf = ({ phase }: UnfoldedPhase) => networks[phase.network].groups.map(({ name }) => name)
  return phases.map((each) => {
    const { phase, from } = each
    const network = networks[phase.network]
    const before = from === null ? [] : groupsOf(phases[from]!)
    const numbers = numbersOf(network, phase)
    return {
      ...each,
      network: network.spec,
      start: weights && from === null ? startFrom(network, weights) : null,
      fresh: groupsOf(each).filter((group) => !before.includes(group)),
      numbers,
    }
  })
}

function numbersOf({ parameters, operations, groups, exits }: Network, { trains, lossCycle }: PhaseSpec): PhaseNumbers {
  const trained = parameters.filter(({ group, kind }) => kind === 'parameter' && trains.includes(group))
  const backbone = new Set(groupNames(groups, 'backbone'))
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
    gradients: sizeOf(trained),
    dominance,
    activations: activations(operations.exits.at(-1)!),
  }
}

function sizeOf(arrays: Network['parameters']): number {
  return arrays.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)
}
