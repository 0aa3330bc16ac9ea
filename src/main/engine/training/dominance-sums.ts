import type { Dominance } from '../../../shared/analyses/gradient-dominance.ts'

/** Sum and number of the values that there were. */
interface Sum {
  sum: number
  count: number
}

/** What was measured in the running epoch. Plain JSON. */
export interface DominanceSums {
  batches: number
  exits: Sum[]
  blocks: Sum[][]
}

/** `sums` with one more batch. */
export function addDominance(sums: DominanceSums | undefined, { exits, blocks }: Dominance): DominanceSums {
  return {
    batches: (sums?.batches ?? 0) + 1,
    exits: exits.map((value, exit) => add(sums?.exits[exit], value)),
    blocks: blocks.map((values, exit) => values.map((value, block) => add(sums?.blocks[exit]![block], value))),
  }
}

/** Means over the batches that have a value. */
export function meanDominance({ exits, blocks }: DominanceSums): Dominance {
  return { exits: exits.map(mean), blocks: blocks.map((sums) => sums.map(mean)) }
}

function add({ sum, count }: Sum = { sum: 0, count: 0 }, value: number | null): Sum {
  return value === null ? { sum, count } : { sum: sum + value, count: count + 1 }
}

function mean({ sum, count }: Sum): number | null {
  return count === 0 ? null : sum / count
}
