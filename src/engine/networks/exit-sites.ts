import { ExitlabError } from '../../shared/error.ts'
import type { ExitHead } from '../heads/head.ts'
import { attachHeads, readsStates, type HeadPlacement } from './attach-heads.ts'
import type { Backbone, ExitSite } from './network.ts'

interface Siting {
  placement: HeadPlacement
  attached: readonly ExitHead[]
  /** Deepest block behind which an exit may sit. */
  lastSite: number
}

/** The sites of a network, one behind each block. */
export function exitSites({ stem, blocks }: Backbone, siting: Siting): ExitSite[] {
  let passed = stem.operations.length
  return blocks.map(({ outputs, operations }, after) => ({
    id: `blocks.${after}`,
    after,
    features: outputs,
    operations: (passed += operations.length),
    heads: () => headsUpTo(after, siting)?.flatMap((head) => head.operations) ?? null,
  }))
}

/** The heads up to and including one behind a block; null if it cannot sit there. */
function headsUpTo(block: number, { placement, attached, lastSite }: Siting): readonly ExitHead[] | null {
  const { spec } = placement
  if (block > lastSite) return null
  const exit = spec.exits.filter((each) => each < block).length
  if (spec.exits[exit] === block) return attached.slice(0, exit + 1)
  const exits = spec.exits.toSpliced(exit, 0, block)
  // A head that reads states may depend on the number of heads.
  const before = readsStates(spec) ? [] : attached.slice(0, exit)
  try {
    return attachHeads({ ...placement, spec: { ...spec, exits } }, { count: exit + 1, before })
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'invalid-experiment') return null
    throw error
  }
}
