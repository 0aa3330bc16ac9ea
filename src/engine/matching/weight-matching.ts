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
  /** Does a round, or says what it gave before: 1 if it changed nothing, else 0, and the orders of all groups. Default: does it. */
  round?: (index: number, work: () => Promise<number[]>) => Promise<ArrayLike<number>>
}

interface WeightMatching {
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
  { sweeps: most, seed, round = (_, work) => work() }: MatchingOptions,
): Promise<WeightMatching> {
  const groups = unitGroups(parameters.filter(({ kind }) => kind === 'parameter'))
  const similarities = createSimilarities(groups, first)
  let permutations: Permutations = new Map(
    groups.map(({ name, size }) => [name, Int32Array.from({ length: size }, (_, i) => i)]),
  )
  return withDisposables([similarities], async () => {
    let sweeps = 0
    let settled = false
    for (; sweeps < most && !settled; sweeps++) {
      const order = permutation(groups.length, stream(seed, 'weight-matching', sweeps))
      const found = await round(sweeps, () => sweep(groups, order, { similarities, second, permutations }))
      settled = found[0] === 1
      permutations = ordersIn(found, groups)
    }
    return { permutations, sweeps, settled }
  })
}

/** Improves each group once, in this order. */
async function sweep(
  groups: readonly UnitGroup[],
  order: Int32Array,
  { permutations: before, ...others }: Matching,
): Promise<number[]> {
  const permutations = new Map(before)
  let changed = false
  for (const index of order) if (await improve(groups[index]!, { ...others, permutations })) changed = true
  return [Number(!changed), ...groups.flatMap(({ name }) => Array.from(permutations.get(name)!))]
}

/** The orders that a round gave. */
function ordersIn(found: ArrayLike<number>, groups: readonly UnitGroup[]): Permutations {
  const orders = Int32Array.from(found).subarray(1)
  let start = 0
  return new Map(groups.map(({ name, size }) => [name, orders.slice(start, (start += size))]))
}

interface Matching {
  similarities: Similarities
  second: EngineArrays
  permutations: Permutations
}

interface Surroundings extends Matching {
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
