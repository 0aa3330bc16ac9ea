import type { Network } from '../networks/network.ts'
import { macsOf, total, type Operation } from '../layers/operations.ts'

/** Multiply-adds of one sample. */
interface PathCosts {
  /** The bare backbone with its final classifier: the 100 % of every budget. */
  backbone: number
  /** Up to each exit, every head before it included; the final classifier last (so it is above 100 %). */
  exits: number[]
}

/** One operation of the whole network with its cost. */
type CostedOperation = Operation & {
  macs: number
  /** The first exit whose cost includes the operation. */
  exit: number
}

/** Cost of each exit of a network (method 6.2). */
export function costs({ operations }: Network): PathCosts {
  return { backbone: total(operations.backbone), exits: operations.exits.map(total) }
}

/** Every operation on the way to the final exit, in the order they run. */
export function ledger(network: Network): CostedOperation[] {
  const paths = network.operations.exits
  return paths.flatMap((path, exit) => {
    const counted = exit === 0 ? 0 : paths[exit - 1]!.length
    return path.slice(counted).map((operation) => ({ ...operation, macs: macsOf(operation), exit }))
  })
}

/** The module of a parameter: the one with the longest name that its name begins with; empty where there is none. */
export function moduleOf(parameter: string, modules: ReadonlySet<string>): string {
  const words = parameter.split('.')
  while (words.length > 0 && !modules.has(words.join('.'))) words.pop()
  return words.join('.')
}
