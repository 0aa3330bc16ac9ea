import type { CountingRule } from '../../shared/evaluation/counting.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { NetworkChoice, NetworkSpec, SampleSpec } from '../../shared/network/network.ts'
import { heads } from '../heads/index.ts'
import { headSizes, withoutHeadSizes } from './head-sizes.ts'
import { stream } from '../random.ts'
import { assemble } from './assemble.ts'
import { checkExits } from './exit-placement.ts'
import { families, familyOf } from './families.ts'
import type { Network } from './network.ts'
import type { NetworkFile } from '../../shared/network/network-file.ts'

export type { Exit, Network } from './network.ts'
export { headTitle } from './attach-heads.ts'

const loaded = new Map(
  await Promise.all(families.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

/** Builds the network that a spec describes; `counting`: of its operations. Throws `invalid-experiment` where its sizes do not fit together. */
export function createNetwork(spec: NetworkSpec, counting?: CountingRule): Network {
  const family = familyOf(spec)
  const [blockCount, lastSite] = [family.blockCount(spec), family.lastSite(spec)]
  checkExits(spec.exits, { network: spec.family, blockCount, lastSite })
  return assemble(spec, loaded.get(spec.family)!.build(spec, counting), { reads: family.reads(spec), lastSite })
}

/**
 * Fills in everything an experiment leaves open about its network. Throws `invalid-experiment`, naming the key, where the choice
 * contradicts itself or does not fit the samples; what it returns can be created.
 */
export function resolveNetwork(choice: NetworkChoice, samples: SampleSpec, file?: NetworkFile): NetworkSpec {
  const family = familyOf(choice)
  if (family.takes !== null && family.takes !== samples.kind) throw otherSamples(choice.family, samples.kind)
  const { task } = samples
  const resolved = family.resolve(choice, samples, file)
  const spec = { ...resolved, ...headSizes({ ...choice, head: resolved.head }), ...(task && { task }) }
  createNetwork(spec)
  return spec
}

function otherSamples(family: string, kind: SampleSpec['kind']): ExitlabError {
  const fitting = families.entries().flatMap(([name, { takes }]) => (takes === null || takes === kind ? [name] : []))
  const message =
    `the data set (data.source) has ${kind}, but ${family} (network.family) takes ${families.get(family).takes}; ` +
    `choose another data set, or a network that takes ${kind}: ${fitting.join(', ')}`
  const paths = [
    ['network', 'family'],
    ['data', 'source'],
  ]
  return new ExitlabError('invalid-experiment', `network.family: ${message}`, {
    problems: paths.map((path) => ({ path, message })),
  })
}

/** The network without exits, with a nominal head, so that it is the same for all exits and heads. */
export function bareBackbone(spec: NetworkSpec): NetworkSpec {
  return { ...withoutHeadSizes(spec), exits: [], head: familyOf(spec).defaults.head }
}

/** The network with the heads that this network's heads are ensembles of; null if they are no ensembles. */
export function membersOf(spec: NetworkSpec): NetworkSpec | null {
  const { ensembleOf } = heads.get(spec.head)
  return ensembleOf === undefined ? null : { ...spec, head: ensembleOf }
}

/** A float32 array in the engine's layout. */
export interface EngineArray {
  shape: readonly number[]
  values: Float32Array
}

/**
 * Fresh parameters and buffers of a network, in the engine's layout, by name. Each is drawn from a stream of its own name, so the
 * bare backbone and every network built on it start alike for one seed.
 */
export function initialise({ parameters }: Pick<Network, 'parameters'>, seed: number): Record<string, EngineArray> {
  return Object.fromEntries(
    parameters.map(({ name, shape, init }) => [name, { shape, values: init(stream(seed, 'init', name)) }]),
  )
}
