import { z } from 'zod'
import { dominance } from '../../../shared/evaluation/dominance.ts'
import type { AnalysisInfo } from '../analysis-info.ts'

export const gradientDominanceInfo: AnalysisInfo = {
  title: 'Gradient dominance',
  sentence:
    'The cosine between the gradient of each exit’s loss and the gradient of the total loss, over the parameters of the backbone: which exits dominate its training.',
  paper: 'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 3.1, figure 2',
  runs: 1,
  version: 2,
  trainingBatches: true,
  ofExits: true,
}

/** Parameters of gradient dominance after training. */
export const gradientDominanceParameters = z.strictObject({
  batches: z.int().min(1).max(1000).default(8).describe('Number of training batches, with augmentation.'),
  epoch: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('Epoch whose batches are used. null: the epoch after the last trained one.'),
})
export type GradientDominanceParameters = z.infer<typeof gradientDominanceParameters>

export const gradientDominanceResult = dominance.extend({
  /** Standard deviation of `exits` over the batches; null with one. */
  spread: z.array(z.number().nullable()),
  batches: z.int(),
  caveats: z.array(z.string()),
})
export type GradientDominanceResult = z.infer<typeof gradientDominanceResult>

/** Type used by the panel. */
export interface GradientDominance {
  parameters: GradientDominanceParameters
  result: GradientDominanceResult
}
