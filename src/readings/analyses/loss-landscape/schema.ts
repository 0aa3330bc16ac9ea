import { z } from 'zod'
import { precision } from '../../../shared/experiment/precision.ts'
import type { AnalysisInfo } from '../analysis-info.ts'

export const lossLandscapeInfo: AnalysisInfo = {
  title: 'Loss landscape',
  sentence: 'The loss of each exit around the trained weights along two random directions with filter normalisation.',
  paper:
    'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, appendix B, figure 6; filter normalisation: Li et al. 2018, Visualizing the Loss Landscape of Neural Nets',
  runs: 1,
  version: 2,
  ofClasses: true,
  baselines: { precision: 'float32' },
}

/** Parameters of the loss landscape along two random directions around the trained weights. */
export const lossLandscapeParameters = z.strictObject({
  points: z
    .int()
    .min(3)
    .max(101)
    .refine((points) => points % 2 === 1, 'must be odd, so that the trained weights are a point of the grid')
    .default(25)
    .describe('Grid points along each direction; odd.'),
  reach: z.number().min(0.001).max(10).default(1).describe('Largest coefficient: α and β run from −reach to reach.'),
  oneDimensional: z
    .enum(['zero', 'element-wise'])
    .default('zero')
    .describe(
      'Biases and normalisation parameters: not moved (zero; Li et al. 2018), or each element moved by its own magnitude with a random sign (element-wise; the paper’s code).',
    ),
  parts: z
    .enum(['all', 'backbone', 'heads'])
    .default('all')
    .describe('Parameters that the directions move. The final classifier counts as a head.'),
  draws: z.int().min(1).max(10).default(1).describe('Number of random pairs of directions; each gives a surface.'),
  images: z.int().min(10).max(50_000).default(1000).describe('Number of samples on which the loss is measured.'),
  split: z.enum(['train', 'test']).default('train').describe('Split of the samples, without augmentation.'),
  seed: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Random seed of the directions; they are the same for all runs of networks of the same shape.'),
  precision: precision
    .default('float32')
    .describe(
      'Number format of the forward passes. bfloat16 is mixed precision: faster on processors that compute in it, with the error measured at the centre and the corners.',
    ),
})
export type LossLandscapeParameters = z.infer<typeof lossLandscapeParameters>

export const lossLandscapeResult = z.object({
  /** Ascending, 0 in the middle. */
  coefficients: z.array(z.number()),
  /** One a draw: [exits][points of δ][points of η], mean cross-entropy in nats; null where it is not finite or not computed yet. */
  surfaces: z.array(z.array(z.array(z.array(z.number().nullable())))),
  images: z.int(),
  /** In bfloat16, the largest difference of a loss from that in float32: in nats at the centre, as a share of it at the corners. null until it is measured. */
  precisionError: z.object({ centre: z.number(), corners: z.number() }).nullable().optional(),
  caveats: z.array(z.string()),
})
export type LossLandscapeResult = z.infer<typeof lossLandscapeResult>

/** Type used by the panel. */
export interface LossLandscape {
  parameters: LossLandscapeParameters
  result: LossLandscapeResult
}
