import type { Curve } from '../../shared/evaluation/evaluation.ts'
import type { ScoredExits } from './scored-exits.ts'

/**
 * The task's primary metric and mean cost at every threshold (method 7.2): metric = mean over samples of its value where they leave,
 * cost = Σ_k count_k · cost_k / n. `thresholds` ascend; `exitCosts` [exits] are cumulative costs.
 *
 * Each exit of a sample claims the run of thresholds that lies below its score and that no earlier exit claimed, so one
 * pass over exits × samples fills all thresholds: O(K·N·log T + T). Sums of whole multiply-adds stay exact below 2⁵³.
 */
export function sweep(scored: ScoredExits, thresholds: Float64Array, exitCosts: readonly number[]): Curve {
  const { exitCount, sampleCount, scores, values } = scored
  const costSteps = new Float64Array(thresholds.length + 1)
  const valueSteps = new Float64Array(thresholds.length + 1)
  for (let sample = 0; sample < sampleCount; sample++) {
    let claimed = 0
    for (let exit = 0; exit < exitCount && claimed < thresholds.length; exit++) {
      const at = exit * sampleCount + sample
      const reach = exit === exitCount - 1 ? thresholds.length : countBelow(thresholds, scores[at]!)
      if (reach <= claimed) continue
      costSteps[claimed]! += exitCosts[exit]!
      costSteps[reach]! -= exitCosts[exit]!
      valueSteps[claimed]! += values[at]!
      valueSteps[reach]! -= values[at]!
      claimed = reach
    }
  }
  return { thresholds, values: runningMeans(valueSteps, sampleCount), costs: runningMeans(costSteps, sampleCount) }
}

/** Number of the ascending `thresholds` that are strictly below `score`. */
function countBelow(thresholds: Float64Array, score: number): number {
  let low = 0
  let high = thresholds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (thresholds[middle]! < score) low = middle + 1
    else high = middle
  }
  return low
}

function runningMeans(steps: Float64Array, sampleCount: number): Float64Array {
  let sum = 0
  return steps.subarray(0, -1).map((step) => (sum += step) / sampleCount)
}
