import { leavingExits, rightBefore } from './scored-exits.ts'
import type { ScoredExits } from './scored-exits.ts'

/** What given thresholds would do to one split of one run. */
export interface WhatIf {
  /** Exit at which each sample leaves, [samples]. */
  leaves: Int32Array
  /** Share of samples that are right where they leave, 0…1. */
  accuracy: number
  /** Mean cost in multiply-adds a sample. */
  macs: number
  /** Samples that leave at each exit, and how many of them are right there. */
  leaving: number[]
  correctLeaving: number[]
  /** Number of samples that an exit before the one they leave at had right and that are wrong where they leave. */
  lost: number
}

/**
 * Applies one threshold, or one for each exit but the final, to a scored split: O(K·N).
 * `exitMacs` [exits] are cumulative multiply-adds.
 */
export function whatIf(
  scored: ScoredExits,
  thresholds: number | ArrayLike<number>,
  exitMacs: readonly number[],
): WhatIf {
  const { exitCount, sampleCount, correct } = scored
  const leaves = leavingExits(scored, thresholds)
  const leaving = new Array<number>(exitCount).fill(0)
  const correctLeaving = new Array<number>(exitCount).fill(0)
  let lost = 0
  leaves.forEach((exit, sample) => {
    const right = correct[exit * sampleCount + sample]!
    leaving[exit]!++
    correctLeaving[exit]! += right
    if (!right && rightBefore(scored, exit, sample)) lost++
  })
  return {
    leaves,
    accuracy: correctLeaving.reduce((sum, count) => sum + count, 0) / sampleCount,
    macs: leaving.reduce((sum, count, exit) => sum + count * exitMacs[exit]!, 0) / sampleCount,
    leaving,
    correctLeaving,
    lost,
  }
}
