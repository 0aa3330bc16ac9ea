import { createImageWriter, framedShape, type WriterOptions } from './augmentation/index.ts'
import type { ImageSet } from './image-set.ts'
import type { PreparedImages, StreamedImages } from './streamed-images.ts'

/**
 * Images of a split as a network takes them, [positions, height, width, channels]: augmented, padded and normalised. They are
 * written over `spare` where that is of their size.
 */
type Frames = (request: Pick<PreparedImages, 'positions' | 'drawn'>, spare?: Float32Array) => Promise<Float32Array>

export function createFrames(set: ImageSet | StreamedImages, options: Omit<WriterOptions, 'shape'>): Frames {
  if (set.kind === 'streamed-images') return (request, spare) => set.prepare({ ...request, ...options }, spare)
  const write = createImageWriter({ shape: set, ...options })
  const { height, width, channels, images } = set
  const frame = framedShape(set, options.pad)
  const size = frame.height * frame.width * channels
  return async ({ positions, drawn }, spare) => {
    const values = valuesFor(positions.length * size, spare)
    positions.forEach((position, place) => {
      const picture = { bytes: images, start: position * height * width * channels, height, width, channels }
      write(picture, drawn[place]!, values.subarray(place * size, (place + 1) * size))
    })
    return values
  }
}

/** Room for values: that of earlier ones, or new. */
function valuesFor(count: number, spare: Float32Array | undefined): Float32Array {
  return spare?.length === count ? spare : new Float32Array(count)
}
