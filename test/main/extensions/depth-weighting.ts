import { z } from 'zod'
import type { Weighting } from '../../../src/engine/objectives/index.ts'

/** `w_k = 1 + (last − 1) · min(1, e / rampEpochs) · C_k / C_final` at epoch e: the deeper an exit, the more it counts, the longer training goes on. */
export const depth: Weighting = {
  info: {
    title: 'By depth',
    sentence: 'The more an exit costs, the more its loss counts, from epoch to epoch.',
    paper: 'After Kaya et al. 2019, Shallow-Deep Networks',
  },
  parameters: z.strictObject({
    last: z.number().positive().default(3),
    rampEpochs: z.int().positive().default(2),
  }),
  normalised: true,
  weights: ({ epoch, exitCosts, parameters: { last, rampEpochs } }) => {
    const share = Math.min(1, epoch / rampEpochs!)
    return exitCosts.map((cost) => 1 + (last! - 1) * share * (cost / exitCosts.at(-1)!))
  },
}
