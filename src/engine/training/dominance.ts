import type { Dominance } from '../../shared/evaluation/dominance.ts'

/** What inner products are given of: [groups, losses, losses], a loss for each of the weights. */
interface Measured {
  /** Parameter groups of the backbone. */
  groups: readonly string[]
  /** Exits in the loss. */
  exits: readonly number[]
  /** Of each exit's loss in the total, then of the heads' own loss if it counts. */
  weights: readonly number[]
  network: { sites: readonly { id: string }[]; exits: readonly { exit: number }[] }
}

/**
 * Gradient dominance of one batch (Kubaty et al. 2025, section 3.1): GDᵢ = cos(gᵢ, g) with gᵢ = ∂Lᵢ/∂θ and g = ∂(Σ wₖLₖ)/∂θ = Σ wₖgₖ,
 * where θ is the backbone, or a block of it. From inner products: ⟨gᵢ, g⟩ = Σₖ wₖ⟨gᵢ, gₖ⟩ and ‖g‖² = Σᵢ wᵢ⟨gᵢ, g⟩.
 */
export function dominanceOf(products: ArrayLike<number>, measured: Measured): Dominance {
  const { network, exits } = measured
  const over = (chosen: (group: string) => boolean) => cosinesOver(products, chosen, measured)
  const whole = over(() => true)
  const byBlock = network.sites.map(({ id }) => over((group) => group === id))
  const ofExit = (cosines: readonly (number | null)[], exit: number) => cosines[exits.indexOf(exit)] ?? null
  return {
    exits: network.exits.map(({ exit }) => ofExit(whole, exit)),
    blocks: network.exits.map(({ exit }) => byBlock.map((cosines) => ofExit(cosines, exit))),
  }
}

/** Cosine of each measured exit's gradient with the total gradient, over the parameters of some groups. */
function cosinesOver(
  products: ArrayLike<number>,
  chosen: (group: string) => boolean,
  { groups, exits, weights }: Measured,
): (number | null)[] {
  const count = weights.length
  const offsets = groups.flatMap((group, index) => (chosen(group) ? [index * count * count] : []))
  const product = (i: number, k: number) => offsets.reduce((sum, offset) => sum + products[offset + i * count + k]!, 0)
  const withWhole = weights.map((_, i) => weights.reduce((sum, weight, k) => sum + weight * product(i, k), 0))
  const whole = weights.reduce((sum, weight, i) => sum + weight * withWhole[i]!, 0)
  return exits.map((_, i) => cosine(withWhole[i]!, product(i, i) * whole))
}

/** Null if a vector is 0 or not finite. `squares`: ‖a‖²‖b‖². */
function cosine(product: number, squares: number): number | null {
  if (!(squares > 0) || !Number.isFinite(squares)) return null
  // Rounding may exceed 1.
  return Math.max(-1, Math.min(1, product / Math.sqrt(squares)))
}

/** Sum and number of the values that exist. */
interface Sum {
  sum: number
  count: number
}

/** Sums of the running epoch. Plain JSON. */
export interface DominanceSums {
  batches: number
  exits: Sum[]
  blocks: Sum[][]
}

/** `sums` with one more batch. */
export function addDominance(sums: DominanceSums | undefined, { exits, blocks }: Dominance): DominanceSums {
  return {
    batches: (sums?.batches ?? 0) + 1,
    exits: exits.map((value, exit) => add(sums?.exits[exit], value)),
    blocks: blocks.map((values, exit) => values.map((value, block) => add(sums?.blocks[exit]![block], value))),
  }
}

/** Means over the batches that have a value. */
export function meanDominance({ exits, blocks }: DominanceSums): Dominance {
  return { exits: exits.map(mean), blocks: blocks.map((sums) => sums.map(mean)) }
}

function add({ sum, count }: Sum = { sum: 0, count: 0 }, value: number | null): Sum {
  return value === null ? { sum, count } : { sum: sum + value, count: count + 1 }
}

function mean({ sum, count }: Sum): number | null {
  return count === 0 ? null : sum / count
}
