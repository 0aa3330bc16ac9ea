import { z } from 'zod'
import type { Weighting } from './weighting.ts'

/** `τ_k(e) = min(C_k, 0.01 + e · C_k / rampEpochs)` at epoch e, where C_k is the cost of exit k as a share of the backbone's, at most 1; the final exit has weight 1. */
export const sdn: Weighting = {
  info: {
    title: 'SDN',
    sentence:
      'The weight of an exit rises over the first epochs to its share of the backbone’s cost; the final exit has weight 1.',
    paper: 'Kaya et al. 2019, Shallow-Deep Networks',
  },
  parameters: z.strictObject({
    rampEpochs: z.int().positive().default(100).describe('Epochs in which the weights rise, in each phase anew.'),
  }),
  lengths: ['rampEpochs'],
  normalised: false,
  weights: ({ exitCount, epoch, exitCosts, parameters: { rampEpochs } }) =>
    exitCosts.map((share, exit) => {
      const cost = Math.min(1, share)
      return exit === exitCount - 1 ? 1 : Math.min(cost, 0.01 + (epoch * cost) / rampEpochs!)
    }),
}
