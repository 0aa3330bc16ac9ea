import { z } from 'zod'
import type { Weighting } from './weighting.ts'

/** Bounds of a weight: beyond them, float32 losses or their sums overflow or vanish. */
export const smallest = 1e-6
export const largest = 1e6

/** `w_k` in equal steps from `first` (exit 0) to `last` (final exit); divided by their sum, so that only their ratios count. */
export const increasing: Weighting = {
  info: {
    title: 'Increasing',
    sentence: 'Deeper exits have a larger weight, in equal steps from the first exit to the final one.',
    paper:
      'Han et al. 2022, Learning to Weight Samples for Dynamic Early-Exiting Networks; How to Train Your Multi-Exit Model?, tables 5 and 19',
  },
  parameters: z.strictObject({
    first: z.number().min(smallest).max(largest).default(0.6).describe('Weight of the first exit.'),
    last: z.number().min(smallest).max(largest).default(1.4).describe('Weight of the final exit.'),
  }),
  normalised: true,
  weights: ({ exitCount, parameters: { first, last } }) =>
    Array.from({ length: exitCount }, (_, exit) => first! + ((last! - first!) * exit) / (exitCount - 1)),
}
