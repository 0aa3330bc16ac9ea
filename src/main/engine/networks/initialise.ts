import { stream } from '../random.ts'
import type { Network } from './network.ts'

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
