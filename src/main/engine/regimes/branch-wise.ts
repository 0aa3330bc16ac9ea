import type { PhaseSpec } from '../../../shared/phase.ts'
import type { Regime, RegimeNetwork } from './regime.ts'
import { backboneGroups, meanOver } from './phases.ts'

/** Greedy, exit by exit: groups before a step's segment are frozen, those behind it do not run (method 3.2). */
export const branchWise: Regime = {
  info: {
    title: 'Branch-wise',
    sentence:
      'Trains one exit after another: each phase trains a head and the blocks since the previous exit, with all earlier blocks frozen.',
    paper: 'How to Train Your Multi-Exit Model?, appendix A',
  },
  phases: (network) => network.exits.map(({ exit }) => segmentPhase(network, exit)),
}

function segmentPhase(network: RegimeNetwork, exit: number): PhaseSpec {
  const backbone = new Set(backboneGroups(network))
  const before = new Set(exit === 0 ? [] : network.exits[exit - 1]!.reaches)
  return {
    name: `branch ${network.exits[exit]!.block === null ? 'final' : exit}`,
    network: 'multi-exit',
    trains: network.exits[exit]!.reaches.filter((group) => !(backbone.has(group) && before.has(group))),
    lossCycle: [meanOver([exit], network.exits.length)],
    stopsOn: [exit],
  }
}
