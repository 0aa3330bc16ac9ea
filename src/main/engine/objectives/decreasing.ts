import { z } from 'zod'
import { increasing, largest, smallest } from './increasing.ts'
import type { Weighting } from './weighting.ts'

/** As `increasing`, with end points that make the weights fall. */
export const decreasing: Weighting = {
  ...increasing,
  info: {
    ...increasing.info,
    title: 'Decreasing',
    sentence: 'Deeper exits have a smaller weight, in equal steps from the first exit to the final one.',
  },
  parameters: z.strictObject({
    first: z.number().min(smallest).max(largest).default(1.4).describe('Weight of the first exit.'),
    last: z.number().min(smallest).max(largest).default(0.6).describe('Weight of the final exit.'),
  }),
}
