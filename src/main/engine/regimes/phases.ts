import type { PhaseSpec } from '../../../shared/phase.ts'
import type { RegimeNetwork } from './regime.ts'
import { backboneGroups, meanOver, groupsReached, range } from './scope.ts'

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
