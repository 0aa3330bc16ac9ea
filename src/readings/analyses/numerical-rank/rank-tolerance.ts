import type { NumericalRankParameters } from './schema.ts'

/** ε of the 32-bit floats that features are. */
const epsilon = 2 ** -23

/**
 * What counts towards the rank lies above this share of the largest: the threshold of the eigenvalues, or max(n, m) · ε of the
 * singular values of n samples by m features.
 */
export function rankTolerance(
  { definition, threshold }: NumericalRankParameters,
  samples: number,
  features: number,
): number {
  return definition === 'covariance' ? threshold : Math.max(samples, features) * epsilon
}
