import type { Dominance } from '../../../shared/analyses/gradient-dominance.ts'
import type { PhaseSpec } from '../../../shared/phase.ts'
import type { TrainJob } from '../../../shared/trainer.ts'
import type { Network } from '../networks/network.ts'
import { dominanceOf } from './dominance.ts'
import { dominanceScope } from './dominance-scope.ts'
import type { ProductsRequest } from './gradient-products.ts'
import { createGradientProducts } from './gradient-products.ts'

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
  /** Batches of an epoch. */
  dominanceBatches: TrainJob['dominanceBatches']
  batchesPerEpoch: number
}

/** Null where there is nothing to measure: the loss has fewer than two exits, or the backbone is frozen; or it isn't wanted. */
export function createDominanceProbe(options: DominanceProbeOptions): DominanceProbe | null {
  const { network, phase, dominanceBatches, batchesPerEpoch } = options
  const scope = dominanceScope(network, phase)
  if (dominanceBatches === 0 || scope === null) return null
  const products = createGradientProducts({ network, ...scope })
  const due = new Set(spacedBatches(probedBatches(dominanceBatches, batchesPerEpoch), batchesPerEpoch))
  return {
    isDue: (batch) => due.has(batch),
    measure: async (request) => dominanceOf(await products.of(request), { network, ...scope }),
    dispose: () => products.dispose(),
  }
}

/** Of an epoch, unless the experiment says how many. */
const usualBatches = 8
/** One batch in so many by itself: to measure costs as much as three or four steps, and training must not become much slower. */
const batchesPerProbe = 40

/** How many of an epoch's batches to measure at. `wanted`: not 0. */
export function probedBatches(wanted: TrainJob['dominanceBatches'], batchesPerEpoch: number): number {
  if (wanted !== 'auto') return Math.min(wanted, batchesPerEpoch)
  return Math.max(1, Math.min(usualBatches, Math.floor(batchesPerEpoch / batchesPerProbe)))
}

/** Batches (from 0) in the middle of `count` equal stretches of an epoch. */
export function spacedBatches(count: number, batchesPerEpoch: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * batchesPerEpoch) / count))
}
