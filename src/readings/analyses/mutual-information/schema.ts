import { z } from 'zod'
import type { AnalysisInfo } from '../analysis-info.ts'

export const mutualInformationInfo: AnalysisInfo = {
  title: 'Mutual information',
  sentence: 'The information of the features of each block about the sample, and about its class.',
  paper:
    'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 3.4, figure 5; the estimator: Kawaguchi et al. 2023, How Does Information Bottleneck Help Deep Learning?',
  runs: 1,
  version: 1,
  ofClasses: true,
}

/** Parameters of the mutual-information estimates. */
export const mutualInformationParameters = z.strictObject({
  sigma: z
    .number()
    .min(0.001)
    .max(1000)
    .default(2)
    .describe('Standard deviation of the noise added to the standardised features; the same for all blocks.'),
  samples: z
    .int()
    .min(10)
    .max(10_000)
    .default(2000)
    .describe('Number of noisy samples over which the estimate is averaged.'),
  references: z
    .int()
    .min(10)
    .max(10_000)
    .default(2000)
    .describe('Number of samples in the mixture; its logarithm is the upper limit of the estimate.'),
  poolTo: z.int().min(1).max(32).default(4).describe('Maps are average-pooled to at most this many pixels a side.'),
  label: z.boolean().default(true).describe('Also estimate I(Z;Y), the information about the class.'),
  split: z.enum(['train', 'test']).default('train').describe('Split of the samples.'),
  seed: z.int().nonnegative().default(0).describe('Random seed of samples and noise.'),
})
export type MutualInformationParameters = z.infer<typeof mutualInformationParameters>

export const mutualInformationResult = z.object({
  blocks: z.array(
    z.object({
      block: z.int(),
      /** I(X;Z) in nats, between 0 and `inputCeiling`, and the standard error of its mean. */
      input: z.number(),
      inputError: z.number(),
      /** I(Z;Y) in nats; null if not requested. */
      label: z.number().nullable(),
      labelError: z.number().nullable(),
      dimensions: z.int(),
    }),
  ),
  /** ln(references) */
  inputCeiling: z.number(),
  /** Entropy of the classes among the references; null if I(Z;Y) was not requested. */
  labelCeiling: z.number().nullable(),
  caveats: z.array(z.string()),
})
export type MutualInformationResult = z.infer<typeof mutualInformationResult>

/** Type used by the panel. */
export interface MutualInformation {
  parameters: MutualInformationParameters
  result: MutualInformationResult
}
