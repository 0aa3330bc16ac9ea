import { z } from 'zod'
import type { Weighting } from './weighting.ts'

/** `w_k = k + 1`, divided by their sum, and the loss that heads have of their own. */
export const gpf: Weighting = {
  info: {
    title: 'GPF',
    sentence: 'The weight of an exit is its number from the front, and the auxiliary loss of gpf heads is added.',
    paper:
      'Liao et al. 2021, A Global Past-Future Early Exit Method for Accelerating Inference of Pre-trained Language Models',
  },
  parameters: z.strictObject({}),
  normalised: true,
  auxiliary: true,
  weights: ({ exitCount }) => Array.from({ length: exitCount }, (_, exit) => exit + 1),
}
