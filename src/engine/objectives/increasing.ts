import { z } from 'zod'
import type { Weighting } from './weighting.ts'

/** Beyond these bounds, float32 losses or their sums overflow or vanish. */
const weight = z.number().min(1e-6).max(1e6)

/** Parameters of weights in equal steps, with the defaults of both ends. */
export const endPoints = (first: number, last: number) =>
  z.strictObject({
    first: weight.default(first).describe('Weight of the first exit.'),
    last: weight.default(last).describe('Weight of the final exit.'),
  })

/** `w_k` in equal steps from `first` (exit 0) to `last` (final exit); divided by their sum, so that only their ratios count. */
export const increasing: Weighting = {
  info: {
    title: 'Increasing',
    sentence: 'Deeper exits have a larger weight, in equal steps from the first exit to the final one.',
    paper:
      'Han et al. 2022, Learning to Weight Samples for Dynamic Early-Exiting Networks; How to Train Your Multi-Exit Model?, tables 5 and 19',
  },
  parameters: endPoints(0.6, 1.4),
  normalised: true,
  weights: ({ exitCount, parameters: { first, last } }) =>
    Array.from({ length: exitCount }, (_, exit) => first! + ((last! - first!) * exit) / (exitCount - 1)),
}
