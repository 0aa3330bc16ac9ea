import type { Regime } from './regime.ts'

/** A network without exits: what multi-exit networks are compared with. */
export const backbone: Regime = {
  info: {
    title: 'Backbone',
    sentence: 'Trains the network without exits; a baseline of fixed cost.',
    paper: 'How to Train Your Multi-Exit Model?, section 2 (phase 1)',
  },
  phases: [{ trains: 'backbone' }],
}
