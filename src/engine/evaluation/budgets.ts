import { best } from '../../shared/methods/metric.ts'
import { primaryMetric, type OfTask } from '../../shared/methods/task.ts'

/**
 * Index of the threshold that a budget buys (method 7.3, the paper's step rule): the last one before the first whose mean
 * cost exceeds `budget · backboneCost`, without interpolation. null where even the first threshold costs more; the last
 * threshold where none exceeds it or `budget` is null (Unlimited).
 * A relative 1e-12 of slack keeps a cost that equals the budget inside it whatever the rounding of the product.
 */
export function thresholdWithin(costs: ArrayLike<number>, backboneCost: number, budget: number | null): number | null {
  const limit = budget === null ? Infinity : budget * backboneCost * (1 + 1e-12)
  for (let i = 0; i < costs.length; i++) if (costs[i]! > limit) return i === 0 ? null : i - 1
  return costs.length - 1
}

/** What a threshold is chosen by: the costs that a budget is held against, and validation values of the task's primary metric. */
interface ThresholdChoice {
  costs: ArrayLike<number>
  values: ArrayLike<number>
  backboneCost: number
  budget: number | null
}

/**
 * Index of the threshold that is read at a budget (method 7.3): the one that it buys; of a regression, whose error may grow with
 * depth, the best by validation up to that one, the cheaper one of equals.
 */
export function chosenThreshold(of: OfTask, { costs, values, backboneCost, budget }: ThresholdChoice): number | null {
  const last = thresholdWithin(costs, backboneCost, budget)
  if (last === null || of.task === undefined) return last
  const affordable = Array.from(values).slice(0, last + 1)
  return affordable.indexOf(best(primaryMetric(of), affordable))
}
