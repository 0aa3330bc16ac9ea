import type { DataSpec } from '../../../shared/data.ts'
import { permutation, stream } from '../random.ts'
import type { TrainingBatches } from '../training/batch.ts'
import { augmentations } from './augmentation/index.ts'
import type { ImageSet } from './image-set.ts'
import type { Normalisation } from './normalisation.ts'

export interface TrainingBatchOptions {
  data: DataSpec
  normalisation: Normalisation
  batchSize: number
  seed: number
  phaseId: string
}

/**
 * The training images of a phase. Each epoch has its own order; what is left behind the last full batch sits that epoch out
 * (one traced step serves all batches), unless there is no full batch at all. Order and augmentation are streams of
 * seed, phase, epoch and batch, so that a resumed phase draws the same.
 */
export function createTrainingBatches(set: ImageSet, options: TrainingBatchOptions): TrainingBatches {
  const { data, normalisation, seed, phaseId } = options
  const { height, width, channels, classes } = set
  const size = Math.min(options.batchSize, set.count)
  const write = augmentations[data.augmentation]({ shape: set, pad: data.pad, normalisation })
  const imageSize = height * width * channels
  const frameSize = (height + 2 * data.pad) * (width + 2 * data.pad) * channels
  const orderOf = lastKept((epoch) => permutation(set.count, stream(seed, phaseId, 'shuffle', epoch)))
  return {
    batchesPerEpoch: Math.floor(set.count / size),
    batch(epoch, index) {
      const random = stream(seed, phaseId, 'augmentation', epoch, index)
      const indices = orderOf(epoch).subarray(index * size, (index + 1) * size)
      const images = new Float32Array(size * frameSize)
      const targets = new Float32Array(size * classes)
      indices.forEach((image, position) => {
        const target = images.subarray(position * frameSize, (position + 1) * frameSize)
        write({ bytes: set.images, start: image * imageSize }, target, random)
        targets[position * classes + set.labels[image]!] = 1
      })
      return { images, targets, size }
    },
  }
}

/** Remembers the latest value: an epoch's batches are asked for one after the other. */
function lastKept<T>(compute: (key: number) => T): (key: number) => T {
  let kept: { key: number; value: T } | null = null
  return (key) => {
    if (kept?.key !== key) kept = { key, value: compute(key) }
    return kept.value
  }
}
