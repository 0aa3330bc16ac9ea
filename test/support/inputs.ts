import { familyOf, sampleKindOf } from '../../src/engine/networks/families.ts'
import { stream } from '../../src/engine/random.ts'
import { tf, type TensorRecord } from '../../src/engine/tf.ts'
import type { BatchArray } from '../../src/engine/training/batch.ts'
import type { NetworkSpec } from '../../src/shared/network/network.ts'
import { randomTensor } from './forward.ts'

/** Made-up samples as a network takes them: normally distributed pixels; texts of different lengths, padded. */
export function randomInputs(spec: NetworkSpec, size: number, seed: number): TensorRecord {
  if (sampleKindOf(spec) === 'text') {
    const arrays = Object.entries(randomTexts(spec, size, seed))
    return Object.fromEntries(arrays.map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape], 'int32')]))
  }
  const { shape } = familyOf(spec).inputs(spec)['images']!
  return { images: randomTensor([size, ...shape], seed) }
}

/** Sample s has length − s tokens, the second half of them in segment 1. */
export function randomTexts(spec: NetworkSpec, size: number, seed: number): Record<string, BatchArray> {
  const random = stream(seed, 'texts')
  const length = familyOf(spec).inputs(spec)['ids']!.shape[0]!
  const vocabulary = spec['vocabulary'] as number
  const arrayOf = (value: (place: number, tokens: number) => number): BatchArray => ({
    values: Int32Array.from({ length: size * length }, (_, i) => {
      const tokens = Math.max(1, length - Math.floor(i / length))
      return i % length < tokens ? value(i % length, tokens) : 0
    }),
    shape: [size, length],
    dtype: 'int32',
  })
  return {
    ids: arrayOf(() => random.integer(vocabulary)),
    mask: arrayOf(() => 1),
    segments: arrayOf((place, tokens) => Number(2 * place >= tokens)),
  }
}
