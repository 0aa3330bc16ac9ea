import type { NetworkSpec } from './network.ts'

/** Number of blocks of the backbone (B). */
export function blockCount(network: NetworkSpec): number {
  return network.family === 'vit' ? network.depth : network.blockCounts.reduce((sum, count) => sum + count, 0)
}

/** Block that each exit reads, in depth order; the final classifier reads the last. */
export function exitBlocks(network: NetworkSpec): number[] {
  return [...network.exits, blockCount(network) - 1]
}
