import type { Permutations } from '../../src/engine/matching/permute-units.ts'
import { unitGroups } from '../../src/engine/matching/unit-groups.ts'
import type { Network } from '../../src/engine/networks/index.ts'
import { permutation, stream } from '../../src/engine/random.ts'

/** A random order of the units of each group. */
export function randomOrders({ parameters }: Pick<Network, 'parameters'>, seed: number): Permutations {
  return new Map(
    unitGroups(parameters).map(({ name, size }) => [name, permutation(size, stream(seed, 'planted', name))]),
  )
}
