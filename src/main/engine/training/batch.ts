import type { NetworkSpec } from '../../../shared/network.ts'

/** Images as the network takes them: [size, height, width, channels], padded and normalised, row-major. */
export interface ImageBatch {
  images: Float32Array
  size: number
}

/** A batch to train on. targets: probabilities [size, classes], row-major; mixed and smoothed where the data is. */
export interface TrainingBatch extends ImageBatch {
  targets: Float32Array
}

/** A batch to evaluate on. */
export interface LabelledBatch extends ImageBatch {
  /** [size] */
  labels: Int32Array
}

/** The training images of a phase, as a function of epoch and batch (both from 0) alone. */
export interface TrainingBatches {
  batchesPerEpoch: number
  batch(epoch: number, index: number): TrainingBatch
}

/** Images of one split in a fixed order, without augmentation. All batches but the last have the same size. */
export interface EvaluationBatches {
  batchCount: number
  batch(index: number): LabelledBatch
}

/** Height, width and channels of the images that a network takes. */
export function imageShape(spec: NetworkSpec): [height: number, width: number, channels: number] {
  if (spec.family === 'vit') return [spec.imageSize, spec.imageSize, spec.channels]
  const [height, width, channels] = spec.inputShape
  return [height + 2 * spec.pad, width + 2 * spec.pad, channels]
}
