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
