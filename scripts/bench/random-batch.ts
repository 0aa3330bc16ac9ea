import { stream } from '../../src/main/engine/random.ts'
import type { TrainingBatch } from '../../src/main/engine/training/batch.ts'
import type { BenchCase } from './cases.ts'

/** Made-up images of a bench case. */
export function randomBatch({ network, batchSize }: BenchCase): TrainingBatch {
  const source = stream(0, 'bench')
  const images = Float32Array.from({ length: batchSize * 32 * 32 * 3 }, source.normal)
  const targets = new Float32Array(batchSize * network.classes)
  for (let row = 0; row < batchSize; row++) targets[row * network.classes + source.integer(10)] = 1
  return { images, targets, size: batchSize }
}
