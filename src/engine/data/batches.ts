import type { DataSpec } from '../../shared/data/data.ts'
import { permutation, stream } from '../random.ts'
import type { BatchArray, EvaluationBatches, TrainingBatches } from '../training/batch.ts'
import { drawAugmentation, framedShape } from './augmentation/index.ts'
import { batchSizeOf, stepsPerEpoch } from './batch-size.ts'
import { createFrames } from './frames.ts'
import type { ImageSet } from './image-set.ts'
import type { StreamedImages } from './streamed-images.ts'
import { lastKept } from './last-kept.ts'
import { mixImages } from './mixing.ts'
import type { Normalisation } from './normalisation.ts'
import { oneHot } from './one-hot.ts'
import type { ImageShape } from './pixel-writer.ts'
import { gatherTargets } from './targets.ts'

interface EvaluationBatchOptions {
  normalisation: Normalisation
  /** Zero pixels added on each side. */
  pad: number
  batchSize: number
}

/** All images of a split in their order, as they are; the last batch may be smaller. */
export function createEvaluationBatches(
  set: ImageSet | StreamedImages,
  { normalisation, pad, batchSize }: EvaluationBatchOptions,
): EvaluationBatches {
  const frames = createFrames(set, { pad, normalisation })
  const frame = framedShape(set, pad)
  const unchanged = drawAugmentation('none', frame, stream(0))
  const targets = set.values ?? set.labels
  return {
    batchCount: Math.ceil(set.count / batchSize),
    sampleCount: set.count,
    async batch(index) {
      const first = index * batchSize
      const size = Math.min(batchSize, set.count - first)
      const positions = Int32Array.from({ length: size }, (_, place) => first + place)
      const images = await frames({ positions, drawn: new Array<typeof unchanged>(size).fill(unchanged) })
      return { inputs: inputsOf(images, frame), targets: targets.slice(first, first + size), size }
    },
  }
}

function inputsOf(values: Float32Array, { height, width, channels }: ImageShape): { images: BatchArray } {
  const size = values.length / (height * width * channels)
  return { images: { values, shape: [size, height, width, channels], dtype: 'float32' } }
}

interface TrainingBatchOptions {
  data: DataSpec
  normalisation: Normalisation
  batchSize: number
  seed: number
  phaseId: string
}

/**
 * The training images of a phase. Each epoch has its own order; what is left behind the last full batch sits that epoch out
 * (so one traced step serves all batches), unless there is no full batch at all. Order, augmentation and mixing are streams
 * of seed, phase, epoch and batch, so that a resumed phase draws the same.
 * @throws ExitlabError `data` where images are to be mixed and there is none to mix with.
 */
export function createTrainingBatches(set: ImageSet | StreamedImages, options: TrainingBatchOptions): TrainingBatches {
  const { data, normalisation, seed, phaseId } = options
  const { pad, mixing, augmentation } = data
  const batchOptions = { batchSize: options.batchSize, mixing }
  const size = batchSizeOf(set.count, batchOptions)
  const frames = createFrames(set, { pad, normalisation })
  const frame = framedShape(set, pad)
  const orderOf = lastKept((epoch) => permutation(set.count, stream(seed, phaseId, 'shuffle', epoch)))
  return {
    batchesPerEpoch: stepsPerEpoch(set.count, batchOptions),
    ...(set.kind === 'streamed-images' && { madeAhead: 2 }),
    async batch(epoch, index, spare) {
      const random = (purpose: string) => stream(seed, phaseId, purpose, epoch, index)
      const positions = orderOf(epoch).slice(index * size, (index + 1) * size)
      const source = random('augmentation')
      const drawn = Array.from(positions, () => drawAugmentation(augmentation, frame, source))
      const images = await frames({ positions, drawn }, spare?.inputs['images']?.values as Float32Array | undefined)
      const lambdas = mixing && mixImages(images, { shape: frame, mixing, random: random('mixing') })
      const targets = targetsOf(set, positions, lambdas && { lambdas, smoothing: mixing!.smoothing })
      return {
        inputs: inputsOf(images, frame),
        targets: { values: targets, shape: [size, set.classes], dtype: 'float32' },
        size,
      }
    },
  }
}

interface Mixed {
  lambdas: Float32Array
  smoothing: number
}

function targetsOf(set: ImageSet | StreamedImages, positions: Int32Array, mixed: Mixed | null): Float32Array {
  const { labels, values } = gatherTargets(set, positions)
  if (values) return values
  const { classes } = set
  return mixed ? mixedTargets(labels, mixed.lambdas, { classes, smoothing: mixed.smoothing }) : oneHot(labels, classes)
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
