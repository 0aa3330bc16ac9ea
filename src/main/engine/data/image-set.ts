import { permutation, stream } from '../random.ts'

/** Labelled images of one split in memory, a byte a value: a data set of 60,000 images of 28 × 28 takes 47 MB. */
export interface ImageSet {
  /** [count, height, width, channels], row-major, 0 … 255 */
  images: Uint8Array
  /** [count], 0 … classes − 1 */
  labels: Int32Array
  count: number
  height: number
  width: number
  /** 1 (grey) or 3 (red, green, blue). */
  channels: number
  classes: number
}

/** Positions of the images of each split in the data set's own training and test images; ascending. */
export interface Selection {
  /** Without what is held back for validation. */
  train: Int32Array
  /** In the training images. */
  validation: Int32Array
  test: Int32Array
}

/** Labels of a data set as it is distributed. */
export interface SplitLabels {
  train: Int32Array
  test: Int32Array
}

/** Images in the order of `indices`, copied. */
export function gatherImages({ images, labels }: Pick<ImageSet, 'images' | 'labels'>, indices: Int32Array): Uint8Array {
  const size = images.length / labels.length
  const gathered = new Uint8Array(indices.length * size)
  indices.forEach((index, position) => {
    gathered.set(images.subarray(index * size, (index + 1) * size), position * size)
  })
  return gathered
}

/**
 * Images drawn without replacement by a seed; all of them where there are no more. Their order is random, so that no batch holds
 * one class, and the first of many are those of fewer.
 */
export function someImages(set: ImageSet, { count, seed }: { count: number; seed: number }): ImageSet {
  const drawn = permutation(set.count, stream(seed, 'some images')).subarray(0, count)
  return {
    ...set,
    images: gatherImages(set, drawn),
    labels: drawn.map((position) => set.labels[position]!),
    count: drawn.length,
  }
}
