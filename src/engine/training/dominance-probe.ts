import type { Dominance, DominanceBatches } from '../../shared/evaluation/dominance.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'
import { groupNames, type Network } from '../networks/network.ts'
import type { PhaseOf } from '../objectives/exit-weights.ts'
import { countsHeadLoss, exitWeightsOf, isBalanced, meanExitWeights } from '../objectives/exit-weights.ts'
import { dominanceOf } from './dominance.ts'
import type { ProductsOptions, ProductsRequest } from './gradient-products.ts'
import { createGradientProducts } from './gradient-products.ts'
import { runningExits } from '../../shared/phases/phase.ts'
import { exitsInLoss, trainedParameters } from './step-plan.ts'

/** Measures gradient dominance in the course of a phase. It changes nothing of the training. */
export interface DominanceProbe {
  /** Whether gradient dominance is measured at the batch (from 0). */
  isDue(batch: number): boolean
  /** epoch: of the phase, from 1. */
  measure(request: ProductsRequest & { epoch: number }): Promise<Dominance>
  dispose(): void
}

interface DominanceProbeOptions {
  network: Network
  phase: PhaseSpec
  /** Batches of an epoch. */
  dominanceBatches: DominanceBatches
  batchesPerEpoch: number
}

/** Null where there is nothing to measure: the loss has fewer than two exits, or the backbone is frozen; or it is not wanted. */
export function createDominanceProbe(options: DominanceProbeOptions): DominanceProbe | null {
  const { network, phase, dominanceBatches, batchesPerEpoch } = options
  const scope = dominanceScope({ network, phase }, 1)
  if (dominanceBatches === 0 || scope === null) return null
  const products = createGradientProducts({ network, ...scope })
  const due = new Set(spacedBatches(probedBatches(dominanceBatches, batchesPerEpoch), batchesPerEpoch))
  return {
    isDue: (batch) => due.has(batch),
    async measure(request) {
      const { weights } = dominanceScope({ network, phase }, request.epoch)!
      return dominanceOf(await products.of(request), { network, ...scope, weights })
    },
    dispose: () => products.dispose(),
  }
}

/** Of an epoch, unless the experiment says how many. */
const defaultBatches = 8
/** Default: one batch in so many. A measurement costs as much as three or four steps. */
const batchesPerProbe = 40

/** Number of batches of an epoch at which it is measured. `requested`: not 0. */
export function probedBatches(requested: DominanceBatches, batchesPerEpoch: number): number {
  if (requested !== 'auto') return Math.min(requested, batchesPerEpoch)
  return Math.max(1, Math.min(defaultBatches, Math.floor(batchesPerEpoch / batchesPerProbe)))
}

/** Batches (from 0) in the middle of `count` equal stretches of an epoch. */
export function spacedBatches(count: number, batchesPerEpoch: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * batchesPerEpoch) / count))
}

/** The losses whose gradients are compared, and the parameters that these are taken by. */
export interface DominanceScope extends Omit<ProductsOptions, 'network'> {
  /** Mean weights over the steps of an epoch: of each exit's loss, then of the heads' own loss if it counts. */
  weights: readonly number[]
}

/** Exits and backbone parameters to measure in an epoch (from 1) of a phase. Null with fewer than two exits in the loss, and where the backbone is frozen. */
export function dominanceScope({ network, phase }: PhaseOf, epoch: number): DominanceScope | null {
  const exits = exitsInLoss(phase)
  // A part may have buffers alone, such as the means that a network of one's own takes from its images.
  const trained = new Set(trainedParameters(network, phase).map(({ group }) => group))
  const groups = backboneWithoutClassifier(network).filter((group) => trained.has(group))
  if (exits.length < 2 || groups.length === 0) return null
  const headLoss = headLossOf({ network, phase })
  const weights = weightsOf({ network, phase }, epoch)
  return {
    exits,
    groups,
    trains: phase.trains,
    equilibrium: isBalanced(phase),
    objective: phase.objective,
    headLossUpTo: headLoss?.upTo ?? null,
    weights: [...exits.map((exit) => weights[exit]!), ...(headLoss ? [headLoss.weight] : [])],
  }
}

/** Of each exit: the mean over the loss cycle; where gradients are balanced, which depends on what runs, those of the entry in which most exits run. */
function weightsOf(subject: PhaseOf, epoch: number): number[] {
  if (!isBalanced(subject.phase)) return meanExitWeights(subject, epoch)
  const counts = subject.phase.lossCycle.map((_, entry) => runningExits(subject.phase, entry).length)
  return exitWeightsOf(subject)(counts.indexOf(Math.max(...counts)), epoch)
}

/** The heads' own loss: the last head that has a deeper one in the loss (`upTo`), and the share of steps in which it counts (`weight`). Null: it does not count. */
function headLossOf({ network, phase }: PhaseOf): { upTo: number; weight: number } | null {
  if (!network.hasHeadLoss || !countsHeadLoss(phase)) return null
  const heads = phase.lossCycle.map((_, entry) =>
    runningExits(phase, entry).filter((exit) => network.exits[exit]!.block !== null),
  )
  const counting = heads.filter((each) => each.length > 1)
  if (counting.length === 0) return null
  return { upTo: Math.max(...counting.map((each) => each.at(-2)!)), weight: counting.length / heads.length }
}

/** Parameter groups of the backbone without its classifier. */
export function backboneWithoutClassifier({ groups }: Network): string[] {
  return groupNames(groups, 'backbone')
}
