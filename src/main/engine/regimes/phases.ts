import type { PhaseSpec } from '../../../shared/phase.ts'
import type { RegimeNetwork } from './regime.ts'

/** Groups of the bare backbone, final classifier included: everything that is not an exit head. */
export function backboneGroups({ groups }: RegimeNetwork): string[] {
  return groups.flatMap(({ name, kind }) => (kind === 'head' ? [] : [name]))
}

/** Groups of the exit heads. */
export function headGroups({ groups }: RegimeNetwork): string[] {
  return groups.flatMap(({ name, kind }) => (kind === 'head' ? [name] : []))
}

/** Groups that a loss over these exits reaches: the backbone up to the deepest of them, and their heads. */
function groupsReached({ groups, exits }: RegimeNetwork, of: readonly number[]): string[] {
  const reached = new Set(of.flatMap((exit) => exits[exit]!.reaches))
  return groups.flatMap(({ name }) => (reached.has(name) ? [name] : []))
}

/** Weights of the mean loss over some of a network's exits: 1/n for each of the n exits, 0 for the others. */
export function meanOver(exits: readonly number[], exitCount: number): number[] {
  return Array.from({ length: exitCount }, (_, exit) => (exits.includes(exit) ? 1 / exits.length : 0))
}

/** `[from, from + 1, …, to − 1]` */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

/** Phase 1 of the paper: the bare backbone with its final classifier, on the loss of its one exit. */
export function backbonePhase(network: RegimeNetwork): PhaseSpec {
  return {
    name: 'backbone',
    network: 'backbone',
    trains: backboneGroups(network),
    lossCycle: [[1]],
    stopsOn: [0],
  }
}

/** Trains everything that the mean loss over these exits reaches, and stops on the same exits. */
export function exitsPhase(network: RegimeNetwork, name: string, exits: readonly number[]): PhaseSpec {
  return {
    name,
    network: 'multi-exit',
    trains: groupsReached(network, exits),
    lossCycle: [meanOver(exits, network.exits.length)],
    stopsOn: [...exits],
  }
}

/** Phase 2 of the paper: all parameters, on the mean loss of all exits. */
export function allExitsPhase(network: RegimeNetwork): PhaseSpec {
  return exitsPhase(network, 'all exits', range(0, network.exits.length))
}

/** After the regime of a network: trains what the network with ensembles over its heads has beyond it, on the mean loss of all exits. */
export function ensemblePhase(members: RegimeNetwork, { groups, exits }: RegimeNetwork): PhaseSpec {
  const before = new Set(members.groups.map(({ name }) => name))
  const all = range(0, exits.length)
  return {
    name: 'ensembles',
    network: 'ensemble',
    trains: groups.flatMap(({ name }) => (before.has(name) ? [] : [name])),
    lossCycle: [meanOver(all, exits.length)],
    stopsOn: all.slice(0, -1),
  }
}
