import type { MutualInformationParameters } from '../analyses/mutual-information.ts'
import type { NumericalRankParameters } from '../analyses/numerical-rank.ts'
import { scientific } from '../figures/powers.ts'
import { grouped } from '../figures/tick-text.ts'
import type { NetworkSpec } from '../network.ts'

interface Subject {
  /** What the runs are of. */
  experiment: string
  network: Pick<NetworkSpec, 'family'>
}

/** What ranks were counted on, in one line. `samples`: images that were looked at. */
export function rankNote(
  { experiment, network }: Subject,
  { definition, threshold, features, tokens }: NumericalRankParameters,
  samples: number,
): string {
  const counted =
    definition === 'covariance'
      ? `eigenvalues of the centred covariance above ${scientific(threshold)} of the largest`
      : 'singular values above max(n, m) · ε of the largest'
  const seen = network.family === 'vit' ? (tokens === 'class' ? 'class token' : 'all tokens') : 'flattened maps'
  return [
    experiment,
    `${grouped(String(samples))} test images`,
    counted,
    `${seen}, at most ${grouped(String(features))} features`,
  ].join(' · ')
}

/** What information was estimated on, in one line. */
export function informationNote(
  { experiment, network }: Subject,
  { sigma, samples, references, poolTo, split }: MutualInformationParameters,
): string {
  const images = split === 'train' ? 'training' : 'test'
  const seen = network.family === 'vit' ? 'class token' : `maps pooled to at most ${poolTo} × ${poolTo}`
  return [
    experiment,
    `${grouped(String(samples))} samples against ${grouped(String(references))} ${images} images`,
    `noise σ = ${sigma} in standardised units`,
    seen,
  ].join(' · ')
}
