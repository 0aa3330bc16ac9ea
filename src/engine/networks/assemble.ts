import { settingRefused } from '../../shared/basics/error.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import type { Operation } from '../layers/operations.ts'
import type { ExitHead } from '../heads/head.ts'
import { heads } from '../heads/index.ts'
import type { Block, ParameterSpec } from '../layers/layer.ts'
import { inGroup } from '../layers/parameter.ts'
import { attachHeads, headOf } from './attach-heads.ts'
import { exitSites, exitsOf } from './exits.ts'
import { forwardOf } from './forward-pass.ts'
import type { Backbone, Network, ParameterGroup } from './network.ts'

/** What the family of a network says of its exits. */
interface FamilyFacts {
  reads: Network['reads']
  /** Deepest block behind which an exit may sit. */
  lastSite: number
}

/** A stage of a network, or a head, in the order they run. */
type Stage = Pick<Block, 'parameters' | 'operations'>

/** Puts the exits that `spec` names on a backbone. Throws `invalid-experiment` where a head does not fit its block. */
export function assemble(spec: NetworkSpec, backbone: Backbone, { reads, lastSite }: FamilyFacts): Network {
  const { stem, classifier } = backbone
  const blocks = backbone.blocks.map((block, index) => inGroup(`blocks.${index}`, block))
  const stages = { stem, blocks, classifier }
  const placement = { spec, blocks, reads }
  const attached = attachHeads(placement, { count: spec.exits.length })
  refuseSameNames([stem, ...blocks, classifier], attached)
  const chain = chainOf(stages, spec, attached)
  const parameters = distinct(chain.flatMap((stage) => stage.parameters))
  const groups = groupsOf(parameters, attached)
  const operations = {
    exits: pathsTo(new Set<Stage>([...attached, classifier]), chain),
    backbone: [stem, ...blocks, classifier].flatMap((stage) => stage.operations),
    stages: chain.map((stage) => ({ head: headIn(attached, stage), operations: stage.operations })),
  }
  const exits = exitsOf({ stages, placement, attached, parameters, groups })
  const head = headOf(spec)
  return {
    spec,
    parameters,
    groups,
    exits,
    reads,
    noEquilibrium: backbone.noEquilibrium,
    sites: exitSites(stages, { placement, attached, lastSite }),
    hasHeadLoss: head.ownLoss !== undefined,
    forward: forwardOf({
      ...backbone,
      ...stages,
      exits,
      attached,
      reads,
      head,
      headsRead: heads.get(spec.head).reads.tokens,
    }),
    operations,
  }
}

/** A network from a file may call an array of its own as a head does: they would be trained as one. */
function refuseSameNames(backbone: readonly Stage[], attached: readonly Stage[]): void {
  const own = new Set(backbone.flatMap(({ parameters }) => parameters.map(({ name }) => name)))
  const same = attached.flatMap(({ parameters }) => parameters).find(({ name }) => own.has(name))
  if (same)
    throw settingRefused(
      ['network', 'file'],
      `its array ${same.name} is called as one of an exit’s head: choose another head (network.head), or rename the module and export again`,
    )
}

/** Stages and heads in the order they run, each head right behind its block. */
function chainOf({ stem, blocks, classifier }: Backbone, { exits }: NetworkSpec, attached: readonly ExitHead[]) {
  const headAt = new Map(exits.map((block, exit) => [block, attached[exit]!]))
  const withHeads = blocks.flatMap((block, index): Stage[] => [block, headAt.get(index) ?? []].flat())
  return [stem, ...withHeads, classifier]
}

/** The exit whose head a stage is; null: it is none. */
function headIn(attached: readonly Stage[], stage: Stage): number | null {
  const exit = attached.indexOf(stage)
  return exit < 0 ? null : exit
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
