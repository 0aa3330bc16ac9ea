import { leavingExits, rightBefore } from '../../../engine/evaluation/scored-exits.ts'
import type { ScoredExits } from '../../../engine/evaluation/scored-exits.ts'

/** Effect of given thresholds on one split of one run. */
export interface WhatIf {
  /** Exit at which each sample leaves, [samples]. */
  leaves: Int32Array
  /** The task's primary metric: the mean over samples of its value where they leave. */
  value: number
  /** Mean cost a sample. */
  cost: number
  /** Samples that leave at each exit, and the sum of their values there. */
  leaving: number[]
  valuesLeaving: number[]
  /** Number of samples that an exit before the one they leave at had right and that are wrong where they leave; null for a regression. */
  lost: number | null
}

/**
 * Applies one threshold, or one for each exit but the final, to a scored split: O(K·N).
 * `exitCosts` [exits] are cumulative.
 */
export function whatIf(
  scored: ScoredExits,
  thresholds: number | ArrayLike<number>,
  exitCosts: readonly number[],
): WhatIf {
  const { exitCount, sampleCount, values, correct } = scored
  const leaves = leavingExits(scored, thresholds)
  const leaving = new Array<number>(exitCount).fill(0)
  const valuesLeaving = new Array<number>(exitCount).fill(0)
  let lost = 0
  leaves.forEach((exit, sample) => {
    const at = exit * sampleCount + sample
    leaving[exit]!++
    valuesLeaving[exit]! += values[at]!
    if (correct && !correct[at] && rightBefore({ correct, sampleCount }, exit, sample)) lost++
  })
  return {
    leaves,
    value: valuesLeaving.reduce((sum, value) => sum + value, 0) / sampleCount,
    cost: leaving.reduce((sum, count, exit) => sum + count * exitCosts[exit]!, 0) / sampleCount,
    leaving,
    valuesLeaving,
    lost: correct && lost,
  }
}
