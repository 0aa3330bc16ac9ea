import type { EvaluationBatches } from '../training/batch.ts'
import type { ImageSet } from './image-set.ts'
import type { Normalisation } from './normalisation.ts'
import { createPixelWriter } from './pixel-writer.ts'

export interface EvaluationBatchOptions {
  normalisation: Normalisation
  /** Zero pixels added on each side. */
  pad: number
  batchSize: number
}

/** All images of a split in their order, as they are; the last batch may be smaller. */
export function createEvaluationBatches(set: ImageSet, options: EvaluationBatchOptions): EvaluationBatches {
  const { normalisation, pad, batchSize } = options
  const { height, width, channels } = set
  const { frameSize, write } = createPixelWriter(set, pad, normalisation)
  const imageSize = height * width * channels
  return {
    batchCount: Math.ceil(set.count / batchSize),
    batch(index) {
      const labels = set.labels.slice(index * batchSize, (index + 1) * batchSize)
      const images = new Float32Array(labels.length * frameSize)
      for (let position = 0; position < labels.length; position++) {
        const start = (index * batchSize + position) * imageSize
        const target = images.subarray(position * frameSize, (position + 1) * frameSize)
        write({ bytes: set.images, start }, { top: pad, left: pad, flip: false }, target)
      }
      return { images, labels, size: labels.length }
    },
  }
}
