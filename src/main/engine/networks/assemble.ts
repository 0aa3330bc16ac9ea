import { ExitlabError } from '../../../shared/error.ts'
import type { NetworkSpec } from '../../../shared/network.ts'
import type { Operation } from '../cost/operations.ts'
import type { ExitHead, Head, HeadOptions, RunHead } from '../heads/head.ts'
import { heads } from '../heads/index.ts'
import { headSizes } from './head-sizes.ts'
import type { Block, Features, FeatureSource, ParameterSpec } from '../layers/layer.ts'
import { inGroup } from '../layers/parameter.ts'
import { scaleGradient, stopGradient, type Tensor } from '../tf.ts'
import type { Backbone, Exit, ExitSite, Network, ParameterGroup } from './network.ts'

const loadedHeads = new Map(
  await Promise.all(heads.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

/** Names of the heads of this network. */
export const headTitle = ({ head }: NetworkSpec): string => headOf(head).info.title

const headOf = (name: string): Head => loadedHeads.get(name)!

/** Family entry of a network. */
export interface FamilyFacts {
  reads: Network['reads']
  /** Deepest block behind which an exit may sit. */
  lastSite: number
}

/** A stage of a network, or a head, in the order they run. */
type Stage = Pick<Block, 'parameters' | 'operations'>

/** Puts the exits that `spec` names on a backbone. Throws `invalid-experiment` where a head does not fit its block. */
export function assemble(spec: NetworkSpec, backbone: Backbone, facts: FamilyFacts): Network {
  const blocks = backbone.blocks.map((block, index) => inGroup(`blocks.${index}`, block))
  const { stem, classifier } = backbone
  const siting = { spec, blocks, facts }
  const attached = attachHeads(siting, { count: spec.exits.length })
  const headAt = new Map(spec.exits.map((block, exit) => [block, attached[exit]!]))
  const chain: Stage[] = [
    stem,
    ...blocks.flatMap((block, index) => [block, headAt.get(index) ?? []].flat()),
    classifier,
  ]
  const parameters = distinct(chain.flatMap((stage) => stage.parameters))
  const groups = groupsOf(parameters, attached)
  const surroundings = { stages: { stem, blocks, classifier }, parameters, groups, attached, spec, facts }
  const exits = [...spec.exits, null].map((block, exit) => exitOf(exit, block, surroundings))
  return {
    spec,
    parameters,
    groups,
    exits,
    sites: sitesOf(backbone, siting, attached),
    reads: facts.reads,
    hasHeadLoss: headOf(spec.head).ownLoss !== undefined,
    forward: forwardOf({ stem, blocks, classifier }, { exits, attached, reads: facts.reads, head: headOf(spec.head) }),
    operations: {
      exits: pathsTo(new Set<Stage>([...attached, classifier]), chain),
      backbone: operationsOf([stem, ...blocks, classifier]),
    },
  }
}

function distinct(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()]
}

interface Siting {
  spec: NetworkSpec
  blocks: readonly Block[]
  facts: FamilyFacts
}

/**
 * The first `count` heads of a network in depth order, their own parameters in a group each; `before` are those that there are
 * already. @throws ExitlabError `invalid-experiment` where one does not fit what its block hands on.
 */
function attachHeads(
  { spec, blocks, facts: { reads } }: Siting,
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
  const head = headOf(spec.head).create(name, options)
  return { ...head, parameters: [...inGroup(name, head).parameters, ...(head.shared ?? [])] }
}

const readsStates = ({ head }: NetworkSpec): boolean => heads.get(head).reads.states === true

function statesOf(attached: readonly ExitHead[], spec: NetworkSpec): HeadOptions['states'] {
  return readsStates(spec) ? attached.map(({ state }) => state!) : []
}

function groupsOf(parameters: readonly ParameterSpec[], attached: readonly ExitHead[]): ParameterGroup[] {
  const ofHeads = new Set(attached.flatMap((head) => head.parameters.map(({ group }) => group)))
  const kindOf = (name: string) => (ofHeads.has(name) ? 'head' : name === 'classifier' ? 'classifier' : 'backbone')
  return [...new Set(parameters.map(({ group }) => group))].map((name) => ({ name, kind: kindOf(name) }))
}

interface Surroundings {
  stages: Backbone
  parameters: readonly ParameterSpec[]
  groups: readonly ParameterGroup[]
  attached: readonly ExitHead[]
  spec: NetworkSpec
  facts: FamilyFacts
}

function exitOf(exit: number, block: number | null, surroundings: Surroundings): Exit {
  const { stages, parameters, groups, attached, spec, facts } = surroundings
  const { stem, blocks, classifier } = stages
  const [passed, wanted] =
    block === null
      ? [[stem, ...blocks, classifier], Object.keys(classifier.outputs)]
      : [[stem, ...blocks.slice(0, block + 1)], [facts.reads]]
  const own = attached[exit]?.parameters.map(({ name }) => name) ?? []
  const reached = new Set([...own, ...parametersBehind(passed, wanted)])
  const reachedGroups = new Set(parameters.flatMap(({ name, group }) => (reached.has(name) ? [group] : [])))
  const reaches = groups.flatMap(({ name }) => (reachedGroups.has(name) ? [name] : []))
  const earlier = block !== null && readsStates(spec) ? Array.from({ length: exit }, (_, before) => before) : []
  return { exit, block, runs: [...earlier, exit], reaches, parameters: reached }
}

/** Names of the parameters that the `wanted` features of the last of these stages are computed from. */
function parametersBehind(stages: readonly Block[], wanted: readonly string[]): string[] {
  const names: string[] = []
  let features = new Set(wanted)
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

/** Operations of the chain up to and including each of the `ends`. */
function pathsTo(ends: ReadonlySet<Stage>, chain: readonly Stage[]): Operation[][] {
  const passed: Operation[] = []
  return chain.flatMap((stage) => {
    passed.push(...stage.operations)
    return ends.has(stage) ? [[...passed]] : []
  })
}

function sitesOf(backbone: Backbone, siting: Siting, attached: readonly ExitHead[]): ExitSite[] {
  let passed = backbone.stem.operations.length
  return siting.blocks.map(({ outputs, operations }, after) => ({
    id: `blocks.${after}`,
    after,
    features: outputs,
    operations: (passed += operations.length),
    heads: () => (after <= siting.facts.lastSite ? headsUpTo(after, siting, attached) : null),
  }))
}

/** Operations of the heads up to and including one behind a block, if it fits there. */
function headsUpTo(block: number, siting: Siting, attached: readonly ExitHead[]): readonly Operation[] | null {
  const { spec } = siting
  const exit = spec.exits.filter((each) => each < block).length
  if (spec.exits[exit] === block) return operationsOf(attached.slice(0, exit + 1))
  const exits = spec.exits.toSpliced(exit, 0, block)
  // A head that reads states may depend on the number of heads.
  const before = readsStates(spec) ? [] : attached.slice(0, exit)
  try {
    return operationsOf(attachHeads({ ...siting, spec: { ...spec, exits } }, { count: exit + 1, before }))
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'invalid-experiment') return null
    throw error
  }
}

const operationsOf = (stages: readonly Stage[]) => stages.flatMap(({ operations }) => operations)

interface Attached {
  exits: readonly Exit[]
  attached: readonly ExitHead[]
  reads: Network['reads']
  head: Head
}

function forwardOf(
  { stem, blocks, classifier }: Backbone,
  { exits, attached, reads, head }: Attached,
): Network['forward'] {
  const final = exits.length - 1
  const exitAt = new Map(exits.map(({ exit, block }) => [block, exit]))
  return (context, inputs, options = {}) => {
    const { exits: wanted = exits.map(({ exit }) => exit), equilibrium, onBlock, onHeadLoss, onState, from } = options
    const deepest = exits[Math.max(...wanted)]
    if (!deepest)
      throw new ExitlabError('internal', `forward: expected exits between 0 and ${final}, got [${wanted.join(', ')}]`)
    const running = new Set(wanted.flatMap((exit) => exits[exit]!.runs))
    const logits = Array<Tensor | null>(exits.length).fill(null)
    const ran: RunHead[] = []
    let features = from ? inputs : stem.apply(context, inputs)
    const last = deepest.block ?? blocks.length - 1
    // Heads and classifier of tokens look at the first one: from the last block on in which others take part nobody asks for those.
    const narrowed = onBlock ? -1 : blocks.findLastIndex(({ applyToFirst }, block) => block <= last && applyToFirst)
    for (let block = from ? from.block + 1 : 0; block <= last; block++) {
      const layer = blocks[block]!
      features = block === narrowed ? layer.applyToFirst!(context, features) : layer.apply(context, features)
      onBlock?.(block, features)
      const exit = exitAt.get(block)
      if (exit === undefined || !running.has(exit)) continue
      const isWanted = wanted.includes(exit)
      const deeper = wanted.filter((each) => each > exit).length
      const [read, passed] = equilibrium && isWanted ? balanced(features, reads, deeper) : [features, features]
      features = passed
      const states = [...(from?.states ?? []), ...ran.map(({ state }) => state!)]
      const { state, ...output } = attached[exit]!.apply(context, read[reads]!, states)
      if (state) ran.push({ ...output, state: stopGradient(state), isWanted })
      if (state) onState?.(exit, state)
      if (isWanted) logits[exit] = output.logits
    }
    if (wanted.includes(final)) logits[final] = classifier.apply(context, features)['logits']!
    const losses = onHeadLoss && head.ownLoss?.(ran)
    if (losses) onHeadLoss!(losses)
    return logits
  }
}

/**
 * The features behind an exit as its head and as the next block get them, so that with `deeper` exits behind it in the loss the
 * backbone receives `(g + deeper · G) / (1 + deeper)` of the head's gradient g and the next block's G, which is a mean itself
 * (gradient equilibrium, Li 2019; method 4.1). Only the feature that heads read is scaled.
 */
function balanced(features: Features, reads: string, deeper: number): [read: Features, passed: Features] {
  const read = scaleGradient(features[reads]!, 1 / (1 + deeper))
  return [
    { ...features, [reads]: read },
    { ...features, [reads]: scaleGradient(read, deeper) },
  ]
}
