/** Of the candidates of a rung the best 1/η go on, to trainings that are η times as long. */
export const eta = 3

export interface Rung {
  /** Its trainings have the lengths of the experiment's divided by this. */
  divisor: number
  /** The first ones of the experiment's. */
  seeds: number
  /** That are expected, without those within a standard error. */
  candidates: number
}

/**
 * Rungs of a search by successive halving (method 7.17): as many as bring the candidates down to one, as far as the shortest phase
 * has an epoch in each. The first rung has one seed, the last all; in between their number rises evenly.
 */
export function rungsOf({ candidates, seeds, epochs }: { candidates: number; seeds: number; epochs: number }): Rung[] {
  let depth = 0
  while (eta ** depth < candidates && eta ** (depth + 1) <= epochs) depth++
  return Array.from({ length: depth + 1 }, (_, rung) => ({
    divisor: eta ** (depth - rung),
    seeds: depth === 0 ? seeds : 1 + Math.floor(((seeds - 1) * rung) / depth),
    candidates: Math.ceil(candidates / eta ** rung),
  }))
}
