import { z } from 'zod'
import type { AnalysisInfo } from '../analysis-info.ts'

export const gradientDominanceInfo: AnalysisInfo = {
  title: 'Gradient dominance',
  sentence:
    'The cosine between the gradient of each exit’s loss and the gradient of the total loss, over the parameters of the backbone: which exits dominate its training.',
  paper: 'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 3.1, figure 2',
  runs: 1,
  version: 2,
  trainingBatches: true,
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

/** Cosine of each exit's gradient with the total one, −1…1; null where an exit or the total has no gradient there. */
const cosine = z.number().nullable()

export const dominance = z.object({
  /** [exits], over all parameters of the backbone. */
  exits: z.array(cosine),
  /** [exits][blocks], over the parameters of one block. */
  blocks: z.array(z.array(cosine)),
})
export type Dominance = z.infer<typeof dominance>

/** Mean over the batches of one epoch of a phase, as it is measured during training. */
export const epochDominance = dominance.extend({ epoch: z.int(), batches: z.int() })
export type EpochDominance = z.infer<typeof epochDominance>

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
