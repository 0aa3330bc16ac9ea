import type { Regime } from './regime.ts'

/** The backbone first, then everything at once. */
export const mixed: Regime = {
  info: {
    title: 'Mixed',
    sentence: 'Trains the backbone alone, then backbone and exit heads together on the mean loss of all exits.',
    paper: 'How to Train Your Multi-Exit Model?, section 2 (phases 1 and 2)',
  },
  phases: [{ trains: 'backbone' }, { trains: 'all' }],
}
