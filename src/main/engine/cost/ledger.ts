import type { Network } from '../networks/network.ts'
import type { Operation } from './operations.ts'
import { macsOf } from './table.ts'

/** Multiply-adds of one sample. */
export interface Costs {
  /** The bare backbone with its final classifier: the 100 % of every budget. */
  backbone: number
  /** Up to each exit, every head before it included; the final classifier last (so it is above 100 %). */
  exits: number[]
}

/** One operation of the whole network and what it costs. */
export interface LedgerRow extends Operation {
  macs: number
  /** The first exit whose cost includes it. */
  exit: number
}

/** What each exit of a network costs (method 6.2). Throws where an operation has no rule. */
export function costs(network: Network): Costs {
  return { backbone: total(network.operations.backbone), exits: network.operations.exits.map(total) }
}

/** Every operation on the way to the final exit, in the order they run. */
export function ledger(network: Network): LedgerRow[] {
  const paths = network.operations.exits
  return paths.flatMap((path, exit) => {
    const counted = exit === 0 ? 0 : paths[exit - 1]!.length
    return path.slice(counted).map((operation) => ({ ...operation, macs: macsOf(operation), exit }))
  })
}

/** Multiply-adds of operations together. */
export function total(operations: readonly Operation[]): number {
  return operations.reduce((sum, operation) => sum + macsOf(operation), 0)
}
