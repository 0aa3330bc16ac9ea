import type { Regime } from './regime.ts'

/**
 * Backbone first, then the heads on the frozen backbone. The second phase's loss is the mean over all K exits: the frozen
 * final one adds a constant, as in the paper's code, but cannot keep training alive (method 3.3, 8).
 */
export const disjoint: Regime = {
  info: {
    title: 'Disjoint',
    sentence: 'Trains the backbone alone, freezes it, then trains the exit heads on its features.',
    paper: 'How to Train Your Multi-Exit Model?, section 2 (phases 1 and 3)',
  },
  phases: [{ trains: 'backbone' }, { trains: 'heads' }],
}
