import type { DataSpec } from '../../../shared/data.ts'
import { permutation, stream } from '../random.ts'
import type { EvaluationBatch, EvaluationBatches, TrainingBatch, TrainingBatches } from '../training/batch.ts'
import { augmentations } from './augmentation/index.ts'
import { batchSizeOf, stepsPerEpoch } from './batch-size.ts'
import type { ImageSet } from './image-set.ts'
import { lastKept } from './last-kept.ts'
import { mixImages } from './mixing.ts'
import type { Normalisation } from './normalisation.ts'
import { oneHot } from './one-hot.ts'
import { createPixelWriter } from './pixel-writer.ts'
import { gatherTargets } from './targets.ts'

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
      const targets = (set.values ?? set.labels).slice(index * batchSize, (index + 1) * batchSize)
      const images = new Float32Array(targets.length * frameSize)
      for (let position = 0; position < targets.length; position++) {
        const start = (index * batchSize + position) * imageSize
        const target = images.subarray(position * frameSize, (position + 1) * frameSize)
        write({ bytes: set.images, start }, { top: pad, left: pad, flip: false }, target)
      }
      const shape = [targets.length, ...frame, channels]
      return { inputs: { images: { values: images, shape, dtype: 'float32' } }, targets, size: targets.length }
    },
  }
}

export interface TrainingBatchOptions {
  data: DataSpec
  normalisation: Normalisation
  batchSize: number
  seed: number
  phaseId: string
}

interface TrainingBatchesInMemory extends TrainingBatches {
  batch(epoch: number, index: number): TrainingBatch
}

/**
 * The training images of a phase. Each epoch has its own order; what is left behind the last full batch sits that epoch out
 * (so one traced step serves all batches), unless there is no full batch at all. Order, augmentation and mixing are streams
 * of seed, phase, epoch and batch, so that a resumed phase draws the same.
 * @throws ExitlabError `data` where images are to be mixed and there is none to mix with.
 */
export function createTrainingBatches(set: ImageSet, options: TrainingBatchOptions): TrainingBatchesInMemory {
  const { data, normalisation, seed, phaseId } = options
  const { pad, mixing } = data
  const { channels, classes } = set
  const asked = { batchSize: options.batchSize, mixing }
  const size = batchSizeOf(set.count, asked)
  const write = augmentations[data.augmentation]({ shape: set, pad, normalisation })
  const imageSize = set.height * set.width * channels
  const shape = { height: set.height + 2 * pad, width: set.width + 2 * pad, channels }
  const frameSize = shape.height * shape.width * channels
  const orderOf = lastKept((epoch) => permutation(set.count, stream(seed, phaseId, 'shuffle', epoch)))
  return {
    batchesPerEpoch: stepsPerEpoch(set.count, asked),
    batch(epoch, index) {
      const random = (purpose: string) => stream(seed, phaseId, purpose, epoch, index)
      const chosen = orderOf(epoch).subarray(index * size, (index + 1) * size)
      const images = new Float32Array(size * frameSize)
      const drawn = random('augmentation')
      for (let position = 0; position < size; position++) {
        const target = images.subarray(position * frameSize, (position + 1) * frameSize)
        write({ bytes: set.images, start: chosen[position]! * imageSize }, target, drawn)
      }
      const lambdas = mixing && mixImages(images, { shape, mixing, random: random('mixing') })
      const { labels, values } = gatherTargets(set, chosen)
      const probabilities = () =>
        lambdas ? mixedTargets(labels, lambdas, { classes, smoothing: mixing.smoothing }) : oneHot(labels, classes)
      return {
        inputs: { images: { values: images, shape: [size, shape.height, shape.width, channels], dtype: 'float32' } },
        targets: { values: values ?? probabilities(), shape: [size, classes], dtype: 'float32' },
        size,
      }
    },
  }
}

/**
 * Targets [size, classes] of images mixed with their mirrors in the batch: λy + (1 − λ)y', where y and y' are the smoothed
 * labels, s/C off and 1 − s + s/C on (method 5.3).
 */
export function mixedTargets(
  labels: Int32Array,
  lambdas: Float32Array,
  { classes, smoothing }: { classes: number; smoothing: number },
): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes)
  labels.forEach((label, position) => {
    const start = position * classes
    const lambda = lambdas[position]!
    targets[start + label]! += (1 - smoothing) * lambda
    targets[start + labels[labels.length - 1 - position]!]! += (1 - smoothing) * (1 - lambda)
  })
  return targets
}
