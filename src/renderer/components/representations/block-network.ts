import type { NetworkSpec } from '../../../shared/network.ts'

/** What figures by block must know of a network. */
export interface BlockNetwork {
  family: NetworkSpec['family']
  blockCount: number
  /** Block that each exit reads; the final classifier last. */
  exits: number[]
}
