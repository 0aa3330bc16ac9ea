import type { ImageSpec, NetworkChoice, NetworkSpec } from '../../../shared/network.ts'
import { stream } from '../random.ts'
import { assemble } from './assemble.ts'
import { checkExits } from './exit-sites.ts'
import { families, familyOf } from './families.ts'
import type { Network } from './network.ts'

export type { Exit, ForwardOptions, Network } from './network.ts'
export { headTitle } from './assemble.ts'

const loaded = new Map(
  await Promise.all(families.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

/** Builds the network that a spec describes. Throws `invalid-experiment` where its sizes do not fit together. */
export function createNetwork(spec: NetworkSpec): Network {
  const family = familyOf(spec)
  const [blockCount, lastSite] = [family.blockCount(spec), family.lastSite(spec)]
  checkExits(spec.exits, { network: spec.family, blockCount, lastSite })
  return assemble(spec, loaded.get(spec.family)!.build(spec), { reads: family.reads, lastSite })
}

/**
 * Fills in everything an experiment leaves open about its network. Throws `invalid-experiment`, naming the key, where the choice
 * contradicts itself or does not fit the images; what it returns can be created.
 */
export function resolveNetwork(choice: NetworkChoice, image: ImageSpec): NetworkSpec {
  const spec = familyOf(choice).resolve(choice, image)
  createNetwork(spec)
  return spec
}

/** The network without exits, its head named by convention, so that it is the same wherever the exits sit and whatever they are. */
export function bareBackbone(spec: NetworkSpec): NetworkSpec {
  return { ...spec, exits: [], head: familyOf(spec).usual.head }
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
export function initialise(network: Network, seed: number): Record<string, EngineArray> {
  return Object.fromEntries(
    network.parameters.map(({ name, shape, init }) => [name, { shape, values: init(stream(seed, 'init', name)) }]),
  )
}
