import { defineExtension, type Weighting, z } from 'exitlab/extension'

/** w_k = 1 + slope · k for exit k from 0: each exit counts more than the one before. */
const weighting: Weighting = {
  info: { title: 'Rising', sentence: 'Each exit counts more than the one before.', paper: 'none' },
  parameters: z.strictObject({ slope: z.number().positive().default(1).describe('What each exit adds.') }),
  normalised: true,
  weights: ({ exitCosts, parameters }) => exitCosts.map((_, exit) => 1 + parameters.slope! * exit),
}

export default defineExtension({ name: 'rising-weights', weightings: { 'rising-weights': weighting } })
