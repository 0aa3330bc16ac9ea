import type { Dominance } from '../../../shared/analyses/gradient-dominance.ts'
import type { Network } from '../networks/network.ts'
import type { DominanceScope } from './dominance-scope.ts'

/** Whose gradients' inner products are given: [parts, exits, exits]. */
export interface Measured extends Pick<DominanceScope, 'parts' | 'exits' | 'weights'> {
  network: Pick<Network, 'blockCount' | 'exits'>
}

/**
 * Gradient dominance of one batch (Kubaty et al. 2025, section 3.1): GDᵢ = cos(gᵢ, g) with gᵢ = ∂Lᵢ/∂θ and g = ∂(Σ wₖLₖ)/∂θ = Σ wₖgₖ,
 * where θ is the backbone, or a block of it. From inner products: ⟨gᵢ, g⟩ = Σₖ wₖ⟨gᵢ, gₖ⟩ and ‖g‖² = Σᵢ wᵢ⟨gᵢ, g⟩.
 */
export function dominanceOf(products: ArrayLike<number>, measured: Measured): Dominance {
  const { network, exits } = measured
  const over = (chosen: (part: string) => boolean) => cosinesOver(products, chosen, measured)
  const whole = over(() => true)
  const byBlock = Array.from({ length: network.blockCount }, (_, block) => over((part) => part === `blocks.${block}`))
  const ofExit = (cosines: readonly (number | null)[], exit: number) => cosines[exits.indexOf(exit)] ?? null
  return {
    exits: network.exits.map(({ exit }) => ofExit(whole, exit)),
    blocks: network.exits.map(({ exit }) => byBlock.map((cosines) => ofExit(cosines, exit))),
  }
}

/** Cosine of each measured exit's gradient with the whole one, over the parameters of some parts. */
function cosinesOver(
  products: ArrayLike<number>,
  chosen: (part: string) => boolean,
  { parts, exits, weights }: Measured,
): (number | null)[] {
  const count = exits.length
  const places = parts.flatMap((part, index) => (chosen(part) ? [index * count * count] : []))
  const product = (i: number, k: number) => places.reduce((sum, place) => sum + products[place + i * count + k]!, 0)
  const withWhole = exits.map((_, i) => weights.reduce((sum, weight, k) => sum + weight * product(i, k), 0))
  const whole = weights.reduce((sum, weight, i) => sum + weight * withWhole[i]!, 0)
  return exits.map((_, i) => cosine(withWhole[i]!, product(i, i) * whole))
}

/** Null where one of the two vectors is 0, or not finite. `squares`: ‖a‖²‖b‖². */
function cosine(product: number, squares: number): number | null {
  if (!(squares > 0) || !Number.isFinite(squares)) return null
  // Rounding must not carry it beyond what a cosine can be.
  return Math.max(-1, Math.min(1, product / Math.sqrt(squares)))
}
