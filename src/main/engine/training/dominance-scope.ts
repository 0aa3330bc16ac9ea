import type { PhaseSpec } from '../../../shared/phase.ts'
import type { Network } from '../networks/network.ts'
import { isHead } from '../networks/parts.ts'
import { exitsOf } from './plan.ts'

/** Of which losses the gradients are compared, and with regard to what. */
export interface DominanceScope {
  /** Exits in the loss, in depth order. */
  exits: readonly number[]
  /** Of their losses, over the steps of the phase. */
  weights: readonly number[]
  /** Parts of the backbone that the gradients are taken of. */
  parts: readonly string[]
  /** Parts in training mode. */
  trains: readonly string[]
}

/** What there is to measure in a phase. Null with fewer than two exits in the loss, and where the backbone is frozen. */
export function dominanceScope(network: Network, phase: PhaseSpec): DominanceScope | null {
  const exits = exitsOf(phase)
  const parts = backboneWithoutClassifier(network).filter((part) => phase.trains.includes(part))
  if (exits.length < 2 || parts.length === 0) return null
  return { exits, weights: exits.map((exit) => meanWeight(phase, exit)), parts, trains: phase.trains }
}

/** Parts of the backbone but its classifier. */
export function backboneWithoutClassifier({ parts }: Network): string[] {
  return parts.filter((part) => !isHead(part))
}

/** Weight of an exit's loss, over the phase's steps. */
export function meanWeight({ lossCycle }: PhaseSpec, exit: number): number {
  return lossCycle.reduce((sum, weights) => sum + weights[exit]!, 0) / lossCycle.length
}
