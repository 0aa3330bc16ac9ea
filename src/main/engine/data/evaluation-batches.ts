import type { EvaluationBatch, EvaluationBatches } from '../training/batch.ts'
import type { ImageSet } from './image-set.ts'
import type { Normalisation } from './normalisation.ts'
import { createPixelWriter } from './pixel-writer.ts'

export interface EvaluationBatchOptions {
  normalisation: Normalisation
  /** Zero pixels added on each side. */
  pad: number
  batchSize: number
}

interface EvaluationBatchesInMemory extends EvaluationBatches {
  batch(index: number): EvaluationBatch
}

/** All images of a split in their order, as they are; the last batch may be smaller. */
export function createEvaluationBatches(set: ImageSet, options: EvaluationBatchOptions): EvaluationBatchesInMemory {
  const { normalisation, pad, batchSize } = options
  const { height, width, channels } = set
  const { frame, frameSize, write } = createPixelWriter(set, pad, normalisation)
  const imageSize = height * width * channels
  return {
    batchCount: Math.ceil(set.count / batchSize),
    sampleCount: set.count,
    batch(index) {
      const labels = set.labels.slice(index * batchSize, (index + 1) * batchSize)
      const images = new Float32Array(labels.length * frameSize)
      for (let position = 0; position < labels.length; position++) {
        const start = (index * batchSize + position) * imageSize
        const target = images.subarray(position * frameSize, (position + 1) * frameSize)
        write({ bytes: set.images, start }, { top: pad, left: pad, flip: false }, target)
      }
      const shape = [labels.length, ...frame, channels]
      return { inputs: { images: { values: images, shape, dtype: 'float32' } }, targets: labels, size: labels.length }
    },
  }
}
