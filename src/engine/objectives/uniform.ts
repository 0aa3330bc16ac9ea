import { z } from 'zod'
import type { Weighting } from './weighting.ts'

/** `w_k = 1`: the mean of the losses. */
export const uniform: Weighting = {
  info: {
    title: 'Uniform',
    sentence: 'All exits in the loss of a step have the same weight.',
    paper: 'How to Train Your Multi-Exit Model?, section 2',
  },
  parameters: z.strictObject({}),
  normalised: true,
  weights: ({ exitCount }) => Array<number>(exitCount).fill(1),
}
