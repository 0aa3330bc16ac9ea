import type { Regime } from './regime.ts'

/** The subnetwork up to exit 0, then up to exit 1, …: nothing frozen; what is behind a step's deepest exit does not run (method 3.2). */
export const separate: Regime = {
  info: {
    title: 'Separate',
    sentence:
      'Adds the exits one by one from the shallowest to the deepest; each phase trains all blocks and heads up to its exit on their mean loss.',
    paper: 'How to Train Your Multi-Exit Model?, appendix A',
  },
  phases: [{ forEach: 'exit', trains: 'all', exits: 'up-to-this' }],
}
