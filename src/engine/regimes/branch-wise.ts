import type { Regime } from './regime.ts'

/** Greedy, exit by exit: groups before a step's segment are frozen, those behind it do not run (method 3.2). */
export const branchWise: Regime = {
  info: {
    title: 'Branch-wise',
    sentence:
      'Trains one exit after another: each phase trains a head and the blocks since the previous exit, with all earlier blocks frozen.',
    paper: 'How to Train Your Multi-Exit Model?, appendix A',
  },
  phases: [{ forEach: 'exit', trains: 'segment', exits: 'this' }],
}
