import { z } from 'zod'
import type { AnalysisInfo } from '../analysis-info.ts'

export const lossLandscapeInfo: AnalysisInfo = {
  title: 'Loss landscape',
  sentence:
    'How the loss of each exit changes around the trained weights along two random directions, scaled filter by filter to the weights.',
  paper:
    'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, appendix B, figure 6; filter normalisation: Li et al. 2018, Visualizing the Loss Landscape of Neural Nets',
  runs: 1,
  version: 2,
}

/** How the loss around a model is looked at along two random directions. */
export const lossLandscapeParameters = z.strictObject({
  points: z
    .int()
    .min(3)
    .max(101)
    .refine((points) => points % 2 === 1, 'must be odd, so that the model itself is a point')
    .default(25)
    .describe('Points a side; odd.'),
  reach: z.number().min(0.001).max(10).default(1).describe('The largest coefficient: both run from −reach to reach.'),
  oneDimensional: z
    .enum(['zero', 'element-wise'])
    .default('zero')
    .describe(
      'Biases and parameters of normalisation: not moved (Li et al. 2018), or each element by its own size with a random sign (the code of the paper).',
    ),
  parts: z
    .enum(['all', 'backbone', 'heads'])
    .default('all')
    .describe('Which parameters the directions move; the final classifier is the head of the last exit.'),
  draws: z.int().min(1).max(10).default(1).describe('Pairs of directions, each with a surface of its own.'),
  images: z.int().min(10).max(50_000).default(1000).describe('Images on which the loss is measured.'),
  split: z.enum(['train', 'test']).default('train').describe('Images that are taken, without augmentation.'),
  seed: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Draws the directions: the same for every run whose network has the same shape.'),
})
export type LossLandscapeParameters = z.infer<typeof lossLandscapeParameters>

export const lossLandscapeResult = z.object({
  /** Ascending, 0 in the middle. */
  coefficients: z.array(z.number()),
  /** One a draw: [exits][points of δ][points of η], mean cross-entropy in nats; null where it is not finite or not computed yet. */
  surfaces: z.array(z.array(z.array(z.array(z.number().nullable())))),
  images: z.int(),
  caveats: z.array(z.string()),
})
export type LossLandscapeResult = z.infer<typeof lossLandscapeResult>

/** What the window's panel is typed by. */
export interface LossLandscape {
  parameters: LossLandscapeParameters
  result: LossLandscapeResult
}
