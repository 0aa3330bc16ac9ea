import type { OpenedImages } from '../dataset.ts'
import { imageBytes, imageFrames } from './image-workers.ts'
import type { ImageSource } from './prepare-images.ts'

/** Images in memory that are scaled to `side` × `side` when they are used: CIFAR at 224 pixels would take 9 GB. */
export function resizedTo(opened: OpenedImages, side: number): OpenedImages {
  const { height, width, channels } = opened
  const size = height * width * channels
  const sizing = { shape: { height: side, width: side, channels }, resize: true }
  const sourcesOf = async (...[split, positions]: Parameters<OpenedImages['images']>): Promise<ImageSource[]> => {
    const bytes = await opened.images(split, positions)
    return Array.from(positions, (_, place) => ({
      ...{ height, width, channels },
      bytes: bytes.slice(place * size, (place + 1) * size),
    }))
  }
  return {
    ...opened,
    ...{ height: side, width: side },
    images: async (split, positions) => imageBytes(await sourcesOf(split, positions), sizing),
    prepare: async (split, { positions, ...framing }, spare) =>
      imageFrames(await sourcesOf(split, positions), sizing, { framing, spare }),
  }
}
