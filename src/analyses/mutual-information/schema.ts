import { z } from 'zod'
import type { AnalysisInfo } from '../analysis-info.ts'

export const mutualInformationInfo: AnalysisInfo = {
  title: 'Mutual information',
  sentence: 'How much the features of each block still tell about the image, and about its class.',
  paper:
    'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 3.4, figure 5; the estimator: Kawaguchi et al. 2023, How Does Information Bottleneck Help Deep Learning?',
  runs: 1,
  version: 1,
}

/** How the information that a block's features keep is estimated. */
export const mutualInformationParameters = z.strictObject({
  sigma: z
    .number()
    .min(0.001)
    .max(1000)
    .default(2)
    .describe('Standard deviation of the noise that is added to the standardised features; the same for all blocks.'),
  samples: z.int().min(10).max(10_000).default(2000).describe('Noisy samples over which the estimate is averaged.'),
  references: z
    .int()
    .min(10)
    .max(10_000)
    .default(2000)
    .describe('Images in the mixture; the estimate cannot pass the logarithm of their number.'),
  poolTo: z.int().min(1).max(32).default(4).describe('Maps are average-pooled to at most this many pixels a side.'),
  label: z.boolean().default(true).describe('Whether I(Z;Y), what the features say about the class, is estimated too.'),
  split: z.enum(['train', 'test']).default('train').describe('Images that are looked at.'),
  seed: z.int().nonnegative().default(0).describe('Chooses images and noise.'),
})
export type MutualInformationParameters = z.infer<typeof mutualInformationParameters>

export const mutualInformationResult = z.object({
  blocks: z.array(
    z.object({
      block: z.int(),
      /** I(X;Z) in nats, between 0 and `inputCeiling`, and the standard error of its mean. */
      input: z.number(),
      inputError: z.number(),
      /** I(Z;Y) in nats; null where it was not asked for. */
      label: z.number().nullable(),
      labelError: z.number().nullable(),
      dimensions: z.int(),
    }),
  ),
  /** ln(references) */
  inputCeiling: z.number(),
  /** Entropy of the classes among the references; null where I(Z;Y) was not asked for. */
  labelCeiling: z.number().nullable(),
  caveats: z.array(z.string()),
})
export type MutualInformationResult = z.infer<typeof mutualInformationResult>

/** What the window's panel is typed by. */
export interface MutualInformation {
  parameters: MutualInformationParameters
  result: MutualInformationResult
}
