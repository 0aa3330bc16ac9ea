import { ExitlabError } from '../../../shared/error.ts'
import type { NetworkSpec } from '../../../shared/network.ts'
import type { Operation } from '../cost/operations.ts'
import type { ExitHead, HeadOptions } from '../heads/head.ts'
import { heads } from '../heads/index.ts'
import type { Block, FeatureSource, ParameterSpec } from '../layers/layer.ts'
import { inGroup } from '../layers/parameter.ts'
import { stopGradient, type Tensor } from '../tf.ts'
import type { Backbone, Exit, ExitSite, Network, ParameterGroup } from './network.ts'

const loadedHeads = new Map(
  await Promise.all(heads.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

/** What the heads of this network are called. */
export const headTitle = (spec: NetworkSpec): string => loadedHeads.get(spec.head)!.info.title

/** What the family of a network says of it. */
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
  const attached = attachHeads(spec, blocks, facts)
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
    sites: sitesOf({ ...backbone, blocks }, { spec, attached, facts }),
    reads: facts.reads,
    forward: forwardOf({ stem, blocks, classifier }, { exits, attached, reads: facts.reads }),
    operations: {
      exits: pathsTo(new Set<Stage>([...attached, classifier]), chain),
      backbone: [stem, ...blocks, classifier].flatMap((stage) => stage.operations),
    },
  }
}

function distinct(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()]
}

/** The heads of a network in depth order, their own parameters in a group each. */
function attachHeads(spec: NetworkSpec, blocks: readonly Block[], { reads }: FamilyFacts): ExitHead[] {
  const attached: ExitHead[] = []
  for (const [exit, block] of spec.exits.entries()) {
    const options = { exit, exitCount: spec.exits.length + 1, states: statesOf(attached, spec) }
    const input = blocks[block]!.outputs[reads]!
    attached.push(createHead(`heads.${exit}`, { ...options, input, classes: spec.classes }, spec))
  }
  return attached
}

/** @throws ExitlabError `invalid-experiment` where the head does not fit what the block hands on. */
function createHead(name: string, options: HeadOptions, spec: NetworkSpec): ExitHead {
  const head = loadedHeads.get(spec.head)!.create(name, options)
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

interface Siting {
  spec: NetworkSpec
  attached: readonly ExitHead[]
  facts: FamilyFacts
}

function sitesOf({ stem, blocks }: Backbone, siting: Siting): ExitSite[] {
  let passed = stem.operations.length
  return blocks.map(({ outputs, operations }, after) => ({
    id: `blocks.${after}`,
    after,
    features: outputs,
    operations: (passed += operations.length),
    head: () => (after <= siting.facts.lastSite ? fittingHead(after, blocks, siting) : null),
  }))
}

/** Operations of the head that would sit behind a block, if it fits there. */
function fittingHead(
  block: number,
  blocks: readonly Block[],
  { spec, attached, facts }: Siting,
): readonly Operation[] | null {
  const exit = spec.exits.filter((each) => each < block).length
  const exitCount = new Set([...spec.exits, block]).size + 1
  const states = statesOf(attached.slice(0, exit), spec)
  const input = blocks[block]!.outputs[facts.reads]!
  try {
    return createHead(`heads.${exit}`, { input, classes: spec.classes, exit, exitCount, states }, spec).operations
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'invalid-experiment') return null
    throw error
  }
}

interface Attached {
  exits: readonly Exit[]
  attached: readonly ExitHead[]
  reads: Network['reads']
}

function forwardOf({ stem, blocks, classifier }: Backbone, { exits, attached, reads }: Attached): Network['forward'] {
  const final = exits.length - 1
  const exitAt = new Map(exits.map(({ exit, block }) => [block, exit]))
  return (context, inputs, { exits: wanted = exits.map(({ exit }) => exit), onBlock } = {}) => {
    const deepest = exits[Math.max(...wanted)]
    if (!deepest)
      throw new ExitlabError('internal', `forward: expected exits between 0 and ${final}, got [${wanted.join(', ')}]`)
    const running = new Set(wanted.flatMap((exit) => exits[exit]!.runs))
    const logits = Array<Tensor | null>(exits.length).fill(null)
    const states: Tensor[] = []
    let features = stem.apply(context, inputs)
    const last = deepest.block ?? blocks.length - 1
    for (let block = 0; block <= last; block++) {
      const layer = blocks[block]!
      // Heads and classifier of tokens look at the first one: behind the last block nobody asks for the others.
      const shortened = block === last && !onBlock && layer.applyToFirst?.(context, features)
      features = shortened || layer.apply(context, features)
      onBlock?.(block, features)
      const exit = exitAt.get(block)
      if (exit === undefined || !running.has(exit)) continue
      const output = attached[exit]!.apply(context, features[reads]!, states)
      if (output.state) states.push(stopGradient(output.state))
      if (wanted.includes(exit)) logits[exit] = output.logits
    }
    if (wanted.includes(final)) logits[final] = classifier.apply(context, features)['logits']!
    return logits
  }
}
