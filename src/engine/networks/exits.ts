import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitHead } from '../heads/head.ts'
import type { Block, FeatureSource, ParameterSpec } from '../layers/layer.ts'
import { attachHeads, readsStates, type HeadPlacement } from './attach-heads.ts'
import type { Backbone, Exit, ExitSite, ParameterGroup } from './network.ts'

/** A network without its exits. */
interface ExitlessNetwork {
  stages: Backbone
  placement: HeadPlacement
  attached: readonly ExitHead[]
  parameters: readonly ParameterSpec[]
  groups: readonly ParameterGroup[]
}

/** The exits of a network in depth order, the final classifier last. */
export function exitsOf(network: ExitlessNetwork): Exit[] {
  return [...network.placement.spec.exits, null].map((block, exit) => exitOf(network, { exit, block }))
}

function exitOf(network: ExitlessNetwork, { exit, block }: Pick<Exit, 'exit' | 'block'>): Exit {
  const { parameters, groups, attached, placement } = network
  const own = attached[exit]?.parameters.map(({ name }) => name) ?? []
  const reached = new Set([...own, ...backboneParameters(network, block)])
  const reachedGroups = new Set(parameters.flatMap(({ name, group }) => (reached.has(name) ? [group] : [])))
  const reaches = groups.flatMap(({ name }) => (reachedGroups.has(name) ? [name] : []))
  const earlier =
    block !== null && readsStates(placement.spec) ? Array.from({ length: exit }, (_, before) => before) : []
  return { exit, block, runs: [...earlier, exit], reaches, parameters: reached }
}

/** Names of the parameters of the backbone that an exit behind a block (null: the final classifier) is computed from. */
function backboneParameters({ stages, placement }: ExitlessNetwork, block: number | null): string[] {
  const { stem, blocks, classifier } = stages
  if (block === null) return parametersOf([stem, ...blocks, classifier], Object.keys(classifier.outputs))
  return parametersOf([stem, ...blocks.slice(0, block + 1)], [placement.reads])
}

/** Names of the parameters that these features of the last stage are computed from. */
function parametersOf(stages: readonly Block[], outputs: readonly string[]): string[] {
  const names: string[] = []
  let features = new Set(outputs)
  for (const [index, stage] of [...stages.entries()].toReversed()) {
    const before = Object.keys(stages[index - 1]?.outputs ?? {})
    const sources = Array.from(features, (feature) => stage.sources?.[feature] ?? everything(stage, before))
    names.push(...sources.flatMap(({ parameters }) => parameters))
    features = new Set(sources.flatMap(({ inputs }) => inputs))
  }
  return names
}

function everything({ parameters }: Block, inputs: readonly string[]): FeatureSource {
  return { inputs, parameters: parameters.map(({ name }) => name) }
}

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
