import type { Regime } from './regime.ts'

/**
 * Even steps (from 0): the final exit alone, heads do not run and are not stepped; odd steps: the mean over all exits.
 * The parity is BERxiT's (Xin 2021); it sums in odd steps where this takes the mean (method 3.2, 8).
 */
export const alternating: Regime = {
  info: {
    title: 'Alternating',
    sentence: 'Alternates in each step between the loss of the final exit and the mean loss of all exits.',
    paper: 'How to Train Your Multi-Exit Model?, appendix A; BERxiT (Xin 2021)',
  },
  phases: [{ name: 'final and all in turn', trains: 'all', cycle: ['final', 'all'] }],
}
