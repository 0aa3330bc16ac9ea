import type { Regime } from './regime.ts'

/** Mixed with a head more per phase, from the back. The final classifier counts as an exit, so phase 1 is the backbone's (method 3.2). */
export const mixedGradual: Regime = {
  info: {
    title: 'Mixed-gradual',
    sentence:
      'Trains the backbone alone, then adds the exits one by one from the deepest to the shallowest, training all parameters in the loss.',
    paper: 'How to Train Your Multi-Exit Model?, appendix A',
  },
  phases: [
    { trains: 'backbone' },
    { forEach: 'early-exit', order: 'back-to-front', trains: 'all', exits: 'from-this' },
  ],
}
