import type { EvaluationBatches } from '../../src/main/engine/training/batch.ts'
import { imageShape } from '../../src/main/engine/training/batch.ts'
import { stream } from '../../src/main/engine/random.ts'
import type { NetworkSpec } from '../../src/shared/network.ts'

/** Normally distributed images with random labels, as a split of a network's data. */
export function madeUpBatches(
  spec: NetworkSpec,
  { count, batchSize, seed }: { count: number; batchSize: number; seed: number },
): EvaluationBatches {
  const source = stream(seed, 'images')
  const pixels = imageShape(spec).reduce((product, length) => product * length, 1)
  const images = Float32Array.from({ length: count * pixels }, () => source.normal())
  const labels = Int32Array.from({ length: count }, () => source.integer(spec.classes))
  return {
    batchCount: Math.ceil(count / batchSize),
    batch(index) {
      const [from, to] = [index * batchSize, Math.min(count, (index + 1) * batchSize)]
      return {
        images: images.slice(from * pixels, to * pixels),
        labels: labels.slice(from, to),
        size: to - from,
      }
    },
  }
}
