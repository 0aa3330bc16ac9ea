import { z } from 'zod'
import type { AnalysisInfo } from '../analysis-info.ts'

export const numericalRankInfo: AnalysisInfo = {
  title: 'Numerical rank',
  sentence: 'The number of directions that the features of each block use.',
  paper:
    'Kubaty et al. 2025, How to Train Your Multi-Exit Model?, section 3.3, figure 4; the count: Masarczyk et al. 2023, The Tunnel Effect',
  runs: 1,
  version: 1,
}

/** Parameters of the numerical rank. */
export const numericalRankParameters = z.strictObject({
  definition: z
    .enum(['covariance', 'tolerance'])
    .default('covariance')
    .describe(
      'covariance: number of eigenvalues of the centred sample covariance above threshold × the largest. tolerance: number of singular values above max(n, m) · ε · the largest, as in matrix_rank.',
    ),
  threshold: z
    .number()
    .positive()
    .lt(1)
    .default(1e-3)
    .describe('Threshold of the covariance definition, as a fraction of the largest eigenvalue.'),
  samples: z.int().min(2).max(20_000).default(2000).describe('Number of test samples.'),
  features: z
    .int()
    .min(2)
    // With more features, computing the eigenvalues would exceed the watchdog's limit.
    .max(4096)
    .default(1024)
    .describe(
      'Maximum number of features of a block; larger feature maps are reduced to a random subset, the same for all runs.',
    ),
  tokens: z
    .enum(['class', 'all'])
    .default('class')
    .describe('Tokens of a transformer: the class token, or all tokens.'),
  seed: z.int().nonnegative().default(0).describe('Random seed of samples and features.'),
})
export type NumericalRankParameters = z.infer<typeof numericalRankParameters>

export const numericalRankResult = z.object({
  blocks: z.array(
    z.object({
      block: z.int(),
      rank: z.int(),
      /** min(n, m). Centred features of n ≤ m samples have at most n − 1 directions. */
      full: z.int(),
      /** Number of features of the block before subsampling, and of those used. */
      featureCount: z.int(),
      usedFeatures: z.int(),
      /** Eigenvalues of the covariance, or singular values, over the largest; descending, thinned to at most 256 places from 1. */
      spectrum: z.array(z.object({ index: z.int(), value: z.number() })),
    }),
  ),
  samples: z.int(),
  caveats: z.array(z.string()),
})
export type NumericalRankResult = z.infer<typeof numericalRankResult>

/** Type used by the panel. */
export interface NumericalRank {
  parameters: NumericalRankParameters
  result: NumericalRankResult
}
