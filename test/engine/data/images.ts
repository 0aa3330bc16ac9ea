import {
  createImageWriter,
  drawAugmentation,
  framedShape,
  type WriterOptions,
} from '../../../src/engine/data/augmentation/index.ts'
import type { Stream } from '../../../src/engine/random.ts'
import type { Augmentation } from '../../../src/shared/data/augmentations.ts'
import type { ImageSet } from '../../../src/engine/data/image-set.ts'

export const range = (length: number) => Array.from({ length }, (_, index) => index)

/** Images whose values are all different as far as bytes go; labels in turn. */
export function createImages(changes: Partial<ImageSet> = {}): ImageSet {
  const { count = 10, height = 4, width = 4, channels = 1, classes = 5 } = changes
  const size = height * width * channels
  return {
    kind: 'images',
    images: Uint8Array.from({ length: count * size }, (_, at) => (at * 7 + 1) % 256),
    labels: Int32Array.from({ length: count }, (_, image) => image % classes),
    count,
    height,
    width,
    channels,
    classes,
    ...changes,
  }
}

/** Bytes stay what they are, but for rounding. */
export const bytesKept = (channels: number) => ({
  mean: Array<number>(channels).fill(0),
  std: Array<number>(channels).fill(1 / 255),
})

/** Draws and does what a preset does to an image that lies at the beginning of `bytes`. */
export function augmenter(augmentation: Augmentation, options: WriterOptions) {
  const write = createImageWriter(options)
  const frame = framedShape(options.shape, options.pad)
  return (bytes: Uint8Array, target: Float32Array, random: Stream) =>
    write({ bytes, start: 0, ...options.shape }, drawAugmentation(augmentation, frame, random), target)
}
