import { ExitlabError } from '../../../shared/error.ts'
import type { NetworkSpec } from '../../../shared/network.ts'
import type { Operation } from '../cost/operations.ts'
import type { ExitHead } from '../heads/head.ts'
import type { Block, ParameterSpec } from '../layers/layer.ts'
import { inGroup } from '../layers/parameter.ts'
import { attachHeads, headOf, readsStates, type HeadSites } from './attach-heads.ts'
import { exitsOf } from './exits.ts'
import { forwardOf } from './forward-pass.ts'
import type { Backbone, ExitSite, Network, ParameterGroup } from './network.ts'

/** Family entry of a network. */
export interface FamilyFacts {
  reads: Network['reads']
  /** Deepest block behind which an exit may sit. */
  lastSite: number
}

/** A stage of a network, or a head, in the order they run. */
type Stage = Pick<Block, 'parameters' | 'operations'>

/** Puts the exits that `spec` names on a backbone. Throws `invalid-experiment` where a head does not fit its block. */
export function assemble(spec: NetworkSpec, { stem, classifier, ...backbone }: Backbone, facts: FamilyFacts): Network {
  const blocks = backbone.blocks.map((block, index) => inGroup(`blocks.${index}`, block))
  const stages = { stem, blocks, classifier }
  const sites = { spec, blocks, reads: facts.reads }
  const attached = attachHeads(sites, { count: spec.exits.length })
  const chain = chainOf(stages, spec, attached)
  const parameters = distinct(chain.flatMap((stage) => stage.parameters))
  const groups = groupsOf(parameters, attached)
  const exits = exitsOf({ stages, sites, attached, parameters, groups })
  const head = headOf(spec)
  return {
    spec,
    parameters,
    groups,
    exits,
    sites: exitSites(stages, { sites, attached, lastSite: facts.lastSite }),
    reads: facts.reads,
    hasHeadLoss: head.ownLoss !== undefined,
    forward: forwardOf({ ...stages, exits, attached, reads: facts.reads, head }),
    operations: {
      exits: pathsTo(new Set<Stage>([...attached, classifier]), chain),
      backbone: operationsOf([stem, ...blocks, classifier]),
    },
  }
}

/** Stages and heads in the order they run, each head right behind its block. */
function chainOf({ stem, blocks, classifier }: Backbone, { exits }: NetworkSpec, attached: readonly ExitHead[]) {
  const headAt = new Map(exits.map((block, exit) => [block, attached[exit]!]))
  const withHeads = blocks.flatMap((block, index): Stage[] => [block, headAt.get(index) ?? []].flat())
  return [stem, ...withHeads, classifier]
}

function distinct(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()]
}

function groupsOf(parameters: readonly ParameterSpec[], attached: readonly ExitHead[]): ParameterGroup[] {
  const ofHeads = new Set(attached.flatMap((head) => head.parameters.map(({ group }) => group)))
  const kindOf = (name: string) => (ofHeads.has(name) ? 'head' : name === 'classifier' ? 'classifier' : 'backbone')
  return [...new Set(parameters.map(({ group }) => group))].map((name) => ({ name, kind: kindOf(name) }))
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
  sites: HeadSites
  attached: readonly ExitHead[]
  lastSite: number
}

function exitSites({ stem, blocks }: Backbone, siting: Siting): ExitSite[] {
  let passed = stem.operations.length
  return blocks.map(({ outputs, operations }, after) => ({
    id: `blocks.${after}`,
    after,
    features: outputs,
    operations: (passed += operations.length),
    heads: () => (after <= siting.lastSite ? headsUpTo(after, siting) : null),
  }))
}

/** Operations of the heads up to and including one behind a block; null if it does not fit there. */
function headsUpTo(block: number, { sites, attached }: Siting): readonly Operation[] | null {
  const { spec } = sites
  const exit = spec.exits.filter((each) => each < block).length
  if (spec.exits[exit] === block) return operationsOf(attached.slice(0, exit + 1))
  const exits = spec.exits.toSpliced(exit, 0, block)
  // A head that reads states may depend on the number of heads.
  const before = readsStates(spec) ? [] : attached.slice(0, exit)
  try {
    return operationsOf(attachHeads({ ...sites, spec: { ...spec, exits } }, { count: exit + 1, before }))
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'invalid-experiment') return null
    throw error
  }
}

const operationsOf = (stages: readonly Stage[]) => stages.flatMap(({ operations }) => operations)
