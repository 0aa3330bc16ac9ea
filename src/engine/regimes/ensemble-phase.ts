import type { PhaseSpec } from '../../shared/phases/phase.ts'
import type { RegimeNetwork } from './regime.ts'
import { meanOver } from './phase-exits.ts'

/** After the regime of a network: trains what the network with ensembles over its heads has beyond it, on the mean loss of all exits. */
export function ensemblePhase(members: RegimeNetwork, { groups, exits }: RegimeNetwork): PhaseSpec {
  const before = new Set(members.groups.map(({ name }) => name))
  const all = exits.map(({ exit }) => exit)
  return {
    name: 'ensembles',
    network: 'ensemble',
    trains: groups.flatMap(({ name }) => (before.has(name) ? [] : [name])),
    lossCycle: [meanOver(all, exits.length)],
    stopsOn: all.slice(0, -1),
  }
}
