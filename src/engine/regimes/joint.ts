import type { Regime } from './regime.ts'

/** Everything at once, from fresh weights. */
export const joint: Regime = {
  info: {
    title: 'Joint',
    sentence: 'Trains backbone and exit heads together from the start, on the mean loss of all exits.',
    paper: 'How to Train Your Multi-Exit Model?, section 2 (phase 2)',
  },
  phases: [{ trains: 'all' }],
}
