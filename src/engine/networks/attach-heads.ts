import type { NetworkSpec } from '../../shared/network/network.ts'
import type { ExitHead, Head, HeadOptions } from '../heads/head.ts'
import { heads } from '../heads/index.ts'
import type { Block } from '../layers/layer.ts'
import { inGroup } from '../layers/parameter.ts'
import { headSizes } from './head-sizes.ts'
import type { Network } from './network.ts'

const loaded = new Map(
  await Promise.all(heads.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

/** The head that all exits of a network have. */
export const headOf = ({ head }: Pick<NetworkSpec, 'head'>): Head => loaded.get(head)!

/** Title of the heads of a network. */
export const headTitle = (spec: NetworkSpec): string => headOf(spec).info.title

/** Whether the heads of a network read the states of earlier heads. */
export const readsStates = ({ head }: NetworkSpec): boolean => heads.get(head).reads.states === true

/** Blocks of a network, and where its specification puts heads behind them. */
export interface HeadPlacement {
  spec: NetworkSpec
  blocks: readonly Block[]
  /** The feature of a block that heads read. */
  reads: Network['reads']
}

/**
 * The first `count` heads of a network in depth order, each with its own parameters in a group; `before`: those already attached.
 * @throws ExitlabError `invalid-experiment` if a head does not fit the feature of its block.
 */
export function attachHeads(
  { spec, blocks, reads }: HeadPlacement,
  { count, before = [] }: { count: number; before?: readonly ExitHead[] },
): ExitHead[] {
  const common = { feature: reads, exitCount: spec.exits.length + 1, classes: spec.classes, sizes: headSizes(spec) }
  const attached = [...before]
  for (let exit = attached.length; exit < count; exit++) {
    const own = { exit, input: blocks[spec.exits[exit]!]!.outputs[reads]!, states: statesOf(attached, spec) }
    attached.push(createHead(`heads.${exit}`, { ...common, ...own }, spec))
  }
  return attached
}

function createHead(name: string, options: HeadOptions, spec: NetworkSpec): ExitHead {
  const head = headOf(spec).create(name, options)
  return { ...head, parameters: [...inGroup(name, head).parameters, ...(head.shared ?? [])] }
}

function statesOf(attached: readonly ExitHead[], spec: NetworkSpec): HeadOptions['states'] {
  return readsStates(spec) ? attached.map(({ state }) => state!) : []
}
