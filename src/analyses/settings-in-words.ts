import type { MutualInformationParameters } from './mutual-information/schema.ts'
import type { NumericalRankParameters } from './numerical-rank/schema.ts'
import { grouped, scientific } from '../shared/format/numbers.ts'
import type { NetworkOutline } from '../shared/network.ts'

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

/** How information was estimated, as parts of a sentence. */
export function informationReading(
  { reads, token }: Pick<NetworkOutline, 'reads' | 'token'>,
  { sigma, samples, references, poolTo, split }: MutualInformationParameters,
): string[] {
  const name = split === 'train' ? 'training' : 'test'
  return [
    `noise σ = ${sigma} in standardised units`,
    `${grouped(String(samples))} noisy samples against ${grouped(String(references))} ${name} samples`,
    reads === 'tokens' ? token : `feature maps pooled to at most ${poolTo} × ${poolTo}`,
  ]
}
