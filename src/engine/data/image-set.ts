import type { Targets } from './targets.ts'

/** Images of one split in memory, a byte a value: a data set of 60,000 images of 28 × 28 takes 47 MB. */
export interface ImageSet extends Targets {
  kind: 'images'
  /** [count, height, width, channels], row-major, 0 … 255 */
  images: Uint8Array
  count: number
  height: number
  width: number
  /** 1 (grey) or 3 (red, green, blue). */
  channels: number
  classes: number
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
