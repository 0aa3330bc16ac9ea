import { backbonePhase, exitsPhase, range } from './phases.ts'
import type { Regime } from './regime.ts'

/** Mixed with a head more per phase, from the back. The final classifier counts as an exit, so phase 1 is the backbone's (method 3.2). */
export const mixedGradual: Regime = {
  info: {
    title: 'Mixed-gradual',
    sentence:
      'Trains the backbone alone, then adds the exits one by one from the deepest to the shallowest, training all parameters in the loss.',
    paper: 'How to Train Your Multi-Exit Model?, appendix A',
  },
  phases(network) {
    const count = network.exits.length
    const growing = range(2, count + 1).map((last) =>
      exitsPhase(network, `last ${last} exits`, range(count - last, count)),
    )
    return [backbonePhase(network), ...growing]
  },
}
