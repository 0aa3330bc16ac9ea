import type { NetworkSpec } from '../../shared/network/network.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'
import { familyOf } from '../networks/families.ts'
import type { Tensor } from '../tf.ts'
import { globalNorm, tf } from '../tf.ts'

/** The norm above which this network's gradients are scaled down; `auto` is its family's default (method 4.2). */
export function clipNormOf({ clipNorm }: TrainingSpec, network: NetworkSpec): number | null {
  return clipNorm === 'auto' ? familyOf(network).defaults.clipNorm : clipNorm
}

/**
 * Scales gradients so that their norm, taken over all of them together, is at most `limit`:
 * g ← g·min(1, limit/(‖g‖ + 10⁻⁶)), as PyTorch's clip_grad_norm_ does (Pascanu 2013).
 */
export function clipByGlobalNorm(gradients: readonly Tensor[], limit: number | null): readonly Tensor[] {
  if (limit === null) return gradients
  const scale = tf.minimum(tf.div(limit, tf.add(globalNorm([...gradients]), 1e-6)), 1)
  return gradients.map((gradient) => tf.mul(gradient, scale))
}
