import { linearSumAssignment } from 'linear-sum-assignment'
import type { ParameterSpec } from '../layers/layer.ts'
import { permutation, stream } from '../random.ts'
import { withDisposables } from '../training/with-disposables.ts'
import type { EngineArrays, Permutations } from './permute-units.ts'
import { permuteAxes } from './permute-units.ts'
import type { UnitGroup } from './unit-groups.ts'
import { unitGroups } from './unit-groups.ts'
import type { Similarities } from './unit-similarities.ts'
import { createSimilarities } from './unit-similarities.ts'

export interface MatchingOptions {
  /** Most rounds over all groups. */
  sweeps: number
  /** Draws the order in which each round visits the groups. */
  seed: number
}

export interface WeightMatching {
  /** Of the second network, for every group of units. */
  permutations: Permutations
  sweeps: number
  /** Whether the last round changed nothing: no group can be permuted alone to come closer. */
  settled: boolean
}

/** The least by which a round must raise the similarity to count as progress, as in the authors' code. */
const leastProgress = 1e-12

/**
 * Permutations of the second network's hidden units that bring its parameters close to the first one's: minimise ‖A − ΠB‖ over one
 * group at a time, by linear assignment, until a round over all groups changes nothing (weight matching, Ainsworth et al. 2023,
 * algorithm 1). Running statistics have no part in it. Ends in a local optimum. All parameters must be finite.
 */
export async function matchWeights(
  parameters: readonly ParameterSpec[],
  [first, second]: readonly [EngineArrays, EngineArrays],
  { sweeps: most, seed }: MatchingOptions,
): Promise<WeightMatching> {
  const groups = unitGroups(parameters.filter(({ kind }) => kind === 'parameter'))
  const similarities = createSimilarities(groups, first)
  const permutations = new Map(groups.map(({ name, size }) => [name, Int32Array.from({ length: size }, (_, i) => i)]))
  return withDisposables([similarities], async () => {
    let sweeps = 0
    let settled = false
    for (; sweeps < most && !settled; sweeps++) {
      settled = true
      for (const index of permutation(groups.length, stream(seed, 'weight-matching', sweeps))) {
        if (await improve(groups[index]!, { similarities, second, permutations })) settled = false
      }
    }
    return { permutations, sweeps, settled }
  })
}

interface Surroundings {
  similarities: Similarities
  second: EngineArrays
  /** Changed in place. */
  permutations: Map<string, Int32Array>
}

/** Finds the best permutation of one group given all others. Returns whether it improves the match. */
async function improve(group: UnitGroup, { similarities, second, permutations }: Surroundings): Promise<boolean> {
  const others = group.axes.map(({ parameter, axis }) =>
    permuteAxes(
      second[parameter.name]!,
      parameter.axes.filter((each) => each !== axis),
      permutations,
    ),
  )
  const table = await similarities.of(group, others)
  const before = permutations.get(group.name)!
  const after = Int32Array.from(linearSumAssignment(table, { maximaze: true }).rowAssignments)
  if (!(total(table, after) > total(table, before) + leastProgress)) return false
  permutations.set(group.name, after)
  return true
}

function total(table: readonly Float64Array[], order: Int32Array): number {
  return table.reduce((sum, row, unit) => sum + row[order[unit]!]!, 0)
}

/** ‖A − B‖ over all parameters, running statistics left out. */
export function parameterDistance(
  parameters: readonly ParameterSpec[],
  [first, second]: readonly [EngineArrays, EngineArrays],
): number {
  let sum = 0
  for (const { name, kind } of parameters) {
    if (kind === 'buffer') continue
    const others = second[name]!.values
    first[name]!.values.forEach((value, index) => (sum += (value - others[index]!) ** 2))
  }
  return Math.sqrt(sum)
}
