import { grouped, scientific } from '../../../shared/format/numbers.ts'
import type { NetworkOutline } from '../../../shared/network/network.ts'
import type { NumericalRankParameters } from './schema.ts'

/** How ranks were counted, as parts of a sentence. `samples`: number of images. */
export function rankReading(
  { reads, token }: Pick<NetworkOutline, 'reads' | 'token'>,
  { definition, threshold, features, tokens }: NumericalRankParameters,
  samples: number,
): string[] {
  const counted =
    definition === 'covariance'
      ? `eigenvalues of the centred covariance above ${scientific(threshold)} of the largest`
      : 'singular values above max(n, m) · ε of the largest'
  const seen = reads === 'tokens' ? (tokens === 'class' ? token : 'all tokens') : 'flattened maps'
  const most = `at most ${grouped(String(features))} features`
  return [counted, `${grouped(String(samples))} test samples`, `${seen}, ${most}`]
}
