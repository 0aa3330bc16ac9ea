import type { EvaluationBatch, EvaluationBatches } from '../../src/engine/training/batch.ts'
import { familyOf } from '../../src/engine/networks/families.ts'
import { stream } from '../../src/engine/random.ts'
import type { NetworkSpec } from '../../src/shared/network/network.ts'

interface MadeUpBatches extends EvaluationBatches {
  batch(index: number): EvaluationBatch
}

/** Normally distributed images with random labels, as a split of a network's data. */
export function madeUpBatches(
  spec: NetworkSpec,
  { count, batchSize, seed }: { count: number; batchSize: number; seed: number },
): MadeUpBatches {
  const source = stream(seed, 'images')
  const { shape } = familyOf(spec).inputs(spec)['images']!
  const pixels = shape.reduce((product, length) => product * length, 1)
  const images = Float32Array.from({ length: count * pixels }, () => source.normal())
  const labels = Int32Array.from({ length: count }, () => source.integer(spec.classes))
  return {
    batchCount: Math.ceil(count / batchSize),
    sampleCount: count,
    batch(index) {
      const [from, to] = [index * batchSize, Math.min(count, (index + 1) * batchSize)]
      const values = images.slice(from * pixels, to * pixels)
      return {
        inputs: { images: { values, shape: [to - from, ...shape], dtype: 'float32' } },
        targets: labels.slice(from, to),
        size: to - from,
      }
    },
  }
}
