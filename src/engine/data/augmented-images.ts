import type { DataSpec } from '../../shared/data/data.ts'
import { stream } from '../random.ts'
import { drawAugmentation, framedShape } from './augmentation/index.ts'
import { createFrames } from './frames.ts'
import type { ImageSet } from './image-set.ts'
import type { StreamedImages } from './streamed-images.ts'
import { mixImages } from './mixing.ts'

/** Independent of a run's seed: an image always looks the same. */
const pictureSeed = 0

/** Partner mixed into an image: its label and share, 0…1. */
interface BlendedWith {
  label: number
  share: number
}

interface AugmentedImages {
  images: Omit<ImageSet, 'kind' | 'labels' | 'classes'>
  /** Of each image; null where nothing was mixed into it. */
  blends: (BlendedWith | null)[]
}

/**
 * Images as a training may see them: padded, augmented, and mixed with one another (image i with its mirror, as in a batch), but
 * with pixels 0 … 255 instead of normalised ones. `indices` name the images: each is augmented by a stream of its own. Of an
 * odd number the last is not mixed.
 */
export async function augmentImages(
  set: ImageSet | StreamedImages,
  { data, indices }: { data: DataSpec; indices: Int32Array },
): Promise<AugmentedImages> {
  const { pad, augmentation, mixing } = data
  const { channels, count } = set
  const frame = framedShape(set, pad)
  const normalisation = { mean: Array<number>(channels).fill(0), std: Array<number>(channels).fill(1) }
  const frames = createFrames(set, { pad, normalisation })
  const drawn = Array.from(indices, (index) =>
    drawAugmentation(augmentation, frame, stream(pictureSeed, 'picture', index)),
  )
  const values = await frames({ positions: Int32Array.from(indices.keys()), drawn })
  const even = count - (count % 2)
  const mixed = values.subarray(0, (even * values.length) / count)
  const lambdas =
    mixing === null || even === 0
      ? []
      : mixImages(mixed, { shape: frame, mixing, random: stream(pictureSeed, 'mixed pictures') })
  return {
    images: { ...frame, count, images: Uint8Array.from(values, (value) => Math.round(255 * value)) },
    blends: Array.from({ length: count }, (_, place) => {
      const share = 1 - (lambdas[place] ?? 1)
      return share === 0 ? null : { label: set.labels[even - 1 - place]!, share }
    }),
  }
}
