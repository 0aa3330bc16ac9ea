import { runningExits, type PhaseSpec } from '../../shared/phases/phase.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import { macsOf, type Operation } from '../layers/operations.ts'
import { createNetwork, type Network } from '../networks/index.ts'
import { moduleOf } from './ledger.ts'

/**
 * Multiply-adds of a training step for one sample, forward and backward, of each entry of the phase's loss cycle (method 6.5): the
 * forward pass of what runs, twice that of every operation that a gradient passes, and once that of a trained one whose input needs
 * no gradient.
 */
export function stepCosts(spec: NetworkSpec, phase: Pick<PhaseSpec, 'trains' | 'lossCycle'>): number[] {
  const network = createNetwork(spec)
  const isTrained = trainedOperations(network, phase)
  return phase.lossCycle.map((_, entry) => costOf(network, { exits: runningExits(phase, entry), isTrained }))
}

type Trained = (operation: Operation) => boolean

function costOf(network: Network, { exits, isTrained }: { exits: readonly number[]; isTrained: Trained }): number {
  const running = new Set(exits.flatMap((exit) => network.exits[exit]!.runs))
  let cost = 0
  // Whether the features of the backbone need a gradient, as far as it has come.
  let needed = false
  for (const { head, operations } of stagesTo(network, Math.max(...exits))) {
    if (head !== null && !running.has(head)) continue
    // Where a head runs for its state alone, no gradient enters it.
    const hasLoss = head === null || exits.includes(head)
    let passes: boolean = needed
    for (const operation of operations) {
      const trained = isTrained(operation)
      const backward = passes ? 2 : trained ? 1 : 0
      cost += macsOf(operation) * (1 + (hasLoss ? backward : 0))
      passes ||= trained
    }
    if (head === null) needed = passes
  }
  return cost
}

/** What runs for an exit, in order. */
function stagesTo({ operations: { stages }, exits }: Network, deepest: number): Network['operations']['stages'] {
  if (exits[deepest]!.block === null) return stages
  return stages.slice(0, stages.findIndex(({ head }) => head === deepest) + 1)
}

/** Kinds whose parameters are theirs, where a module has operations of other kinds, too. */
const weighted = new Set<Operation['kind']>(['convolution', 'linear', 'batch-norm', 'layer-norm'])

/** Whether an operation has parameters that the phase trains: of a module in a stage those with weights, else its first. */
function trainedOperations({ operations, parameters }: Network, { trains }: Pick<PhaseSpec, 'trains'>): Trained {
  const modules = new Set(operations.exits.at(-1)!.map(({ module }) => module))
  const trained = parameters.filter(({ group, kind }) => kind === 'parameter' && trains.includes(group))
  const owners = new Set(trained.map(({ name }) => moduleOf(name, modules)))
  const found = operations.stages.flatMap((stage) =>
    [...Map.groupBy(stage.operations, ({ module }) => module)].flatMap(([module, own]) => {
      if (!owners.has(module)) return []
      const withWeights = own.filter(({ kind }) => weighted.has(kind))
      return withWeights.length > 0 ? withWeights : own.slice(0, 1)
    }),
  )
  const known = new Set(found)
  return (operation) => known.has(operation)
}
