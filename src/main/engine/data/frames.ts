import { createImageWriter, framedShape, type WriterOptions } from './augmentation/index.ts'
import type { ImageSet } from './image-set.ts'
import type { PreparedImages, StreamedImages } from './streamed-images.ts'

/** Images of a split as a network takes them, [positions, height, width, channels]: augmented, padded and normalised. */
export type Frames = (request: Pick<PreparedImages, 'positions' | 'drawn'>) => Promise<Float32Array>

export function createFrames(set: ImageSet | StreamedImages, options: Omit<WriterOptions, 'shape'>): Frames {
  if (set.kind === 'streamed-images') return (request) => set.prepare({ ...request, ...options })
  const write = createImageWriter({ shape: set, ...options })
  const { height, width, channels, images } = set
  const frame = framedShape(set, options.pad)
  const size = frame.height * frame.width * channels
  return async ({ positions, drawn }) => {
    const values = new Float32Array(positions.length * size)
    positions.forEach((position, place) => {
      const picture = { bytes: images, start: position * height * width * channels, height, width, channels }
      write(picture, drawn[place]!, values.subarray(place * size, (place + 1) * size))
    })
    return values
  }
}
