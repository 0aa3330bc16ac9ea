import type { DataSpec } from '../../../shared/data.ts'
import { stream } from '../random.ts'
import { augmentations } from './augmentation/index.ts'
import type { ImageSet } from './image-set.ts'
import { mixImages } from './mixing.ts'

/** Independent of a run's seed: an image always looks the same. */
const pictureSeed = 0

/** Partner mixed into an image: its label and share, 0…1. */
export interface BlendedWith {
  label: number
  share: number
}

export interface AugmentedImages {
  images: Omit<ImageSet, 'kind' | 'labels' | 'classes'>
  /** Of each image; null where nothing was mixed into it. */
  blends: (BlendedWith | null)[]
}

/**
 * Images as a training may see them: padded, augmented, and mixed with one another (image i with its mirror, as in a batch), but
 * with pixels 0 … 255 instead of normalised ones. `indices` name the images: each is augmented by a stream of its own. Of an
 * odd number the last is not mixed.
 */
export function augmentImages(
  set: ImageSet,
  { data, indices }: { data: DataSpec; indices: Int32Array },
): AugmentedImages {
  const { pad, augmentation, mixing } = data
  const { channels, count } = set
  const shape = { height: set.height + 2 * pad, width: set.width + 2 * pad, channels }
  const [from, to] = [set.images.length / count, shape.height * shape.width * channels]
  const normalisation = { mean: Array<number>(channels).fill(0), std: Array<number>(channels).fill(1) }
  const write = augmentations[augmentation]({ shape: set, pad, normalisation })
  const values = new Float32Array(count * to)
  indices.forEach((index, place) => {
    const target = values.subarray(place * to, (place + 1) * to)
    write({ bytes: set.images, start: place * from }, target, stream(pictureSeed, 'picture', index))
  })
  const even = count - (count % 2)
  const lambdas =
    mixing === null || even === 0
      ? []
      : mixImages(values.subarray(0, even * to), { shape, mixing, random: stream(pictureSeed, 'mixed pictures') })
  return {
    images: { ...shape, count, images: Uint8Array.from(values, (value) => Math.round(255 * value)) },
    blends: Array.from({ length: count }, (_, place) => {
      const share = 1 - (lambdas[place] ?? 1)
      return share === 0 ? null : { label: set.labels[even - 1 - place]!, share }
    }),
  }
}
