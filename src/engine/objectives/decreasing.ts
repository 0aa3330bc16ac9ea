import { endPoints, increasing } from './increasing.ts'
import type { Weighting } from './weighting.ts'

/** As `increasing`, with end points that make the weights fall. */
export const decreasing: Weighting = {
  ...increasing,
  info: {
    ...increasing.info,
    title: 'Decreasing',
    sentence: 'Deeper exits have a smaller weight, in equal steps from the first exit to the final one.',
  },
  parameters: endPoints(1.4, 0.6),
}
