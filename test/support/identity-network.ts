import type { Network } from '../../src/engine/networks/index.ts'
import { createNetwork } from '../../src/engine/networks/index.ts'
import type { EvaluationBatches } from '../../src/engine/training/batch.ts'
import { smallResnet } from './networks.ts'

/** Rows of numbers, one an image of height 1 and width 1. */
export interface Rows {
  /** [images, channels], row-major. */
  values: ArrayLike<number>
  channels: number
  labels?: ArrayLike<number>
}

/** A network of one block that hands its images on: what is found in its features was planted in them. */
export function identityNetwork(channels: number, classes = 3): Network {
  const spec = smallResnet({ inputShape: [1, 1, channels], classes, exits: [0] })
  return {
    ...createNetwork(smallResnet()),
    spec,
    parameters: [],
    exits: [
      { exit: 0, block: 0, runs: [0], reaches: ['blocks.0'], parameters: new Set() },
      { exit: 1, block: null, runs: [1], reaches: ['blocks.0'], parameters: new Set() },
    ],
    sites: [
      { id: 'blocks.0', after: 0, features: { map: { shape: [1, 1, channels] } }, operations: 0, heads: () => null },
    ],
    forward(_context, { images }, { onBlock } = {}) {
      onBlock?.(0, { map: images! })
      return [null, null]
    },
  }
}

/** The rows as images; the last batch is smaller where they do not fill it. */
export function batchesOf({ values, channels, labels }: Rows, batchSize = 8): EvaluationBatches {
  const count = values.length / channels
  return {
    batchCount: Math.ceil(count / batchSize),
    sampleCount: count,
    batch(index) {
      const [from, to] = [index * batchSize, Math.min(count, (index + 1) * batchSize)]
      const rows = Float32Array.from(values).slice(from * channels, to * channels)
      return {
        inputs: { images: { values: rows, shape: [to - from, 1, 1, channels], dtype: 'float32' } },
        targets: Int32Array.from(labels ?? new Int32Array(count)).slice(from, to),
        size: to - from,
      }
    },
  }
}
