import type { Dominance } from '../../../shared/analyses/gradient-dominance.ts'
import type { PhaseSpec } from '../../../shared/phase.ts'
import type { Network } from '../networks/network.ts'
import { dominanceOf } from './dominance.ts'
import type { ProductsRequest } from './gradient-products.ts'
import { createGradientProducts } from './gradient-products.ts'
import { exitsOf } from './plan.ts'

/** Measures gradient dominance in the course of a phase. It changes nothing of the training. */
export interface DominanceProbe {
  /** Whether the batch (from 0) is one of those of an epoch at which to measure. */
  isDue(batch: number): boolean
  measure(request: ProductsRequest): Promise<Dominance>
  dispose(): void
}

export interface DominanceProbeOptions {
  network: Network
  phase: PhaseSpec
  /** Most batches of an epoch. */
  dominanceBatches: number
  batchesPerEpoch: number
}

/** Null where there is nothing to measure: the loss has fewer than two exits, or the backbone is frozen; or it isn't wanted. */
export function createDominanceProbe(options: DominanceProbeOptions): DominanceProbe | null {
  const { network, phase, dominanceBatches, batchesPerEpoch } = options
  const exits = exitsOf(phase)
  const parts = backboneParts(network).filter((part) => phase.trains.includes(part))
  if (dominanceBatches === 0 || exits.length < 2 || parts.length === 0) return null
  const products = createGradientProducts({ network, exits, parts, trains: phase.trains })
  const measured = { network, parts, exits, weights: exits.map((exit) => meanWeight(phase, exit)) }
  const due = new Set(spacedBatches(probedBatches(dominanceBatches, batchesPerEpoch), batchesPerEpoch))
  return {
    isDue: (batch) => due.has(batch),
    measure: async (request) => dominanceOf(await products.of(request), measured),
    dispose: () => products.dispose(),
  }
}

/** Parts that exits share: all but their heads and the final classifier's own weights. */
export function backboneParts({ parts }: Network): string[] {
  return parts.filter((part) => !part.startsWith('heads.') && part !== 'classifier')
}

/** Weight of an exit's loss, over the phase's steps. */
export function meanWeight({ lossCycle }: PhaseSpec, exit: number): number {
  return lossCycle.reduce((sum, weights) => sum + weights[exit]!, 0) / lossCycle.length
}

/** One batch in so many at most: to measure costs about as much as three steps, and training must not become much slower. */
const batchesPerProbe = 40

/** How many of an epoch's batches to measure at where so many are wanted. At least one. */
export function probedBatches(wanted: number, batchesPerEpoch: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(batchesPerEpoch / batchesPerProbe)))
}

/** Batches (from 0) in the middle of `count` equal stretches of an epoch. */
export function spacedBatches(count: number, batchesPerEpoch: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * batchesPerEpoch) / count))
}
