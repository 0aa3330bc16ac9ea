import sharp from 'sharp'
import type { ImageSet } from '../../engine/index.ts'

/** A picture is for looking at: a larger image is made smaller. */
const largestSide = 256

/** One of the images as a PNG file, at most 256 pixels a side. */
export async function encodePng(
  set: Omit<ImageSet, 'kind' | 'labels' | 'classes'>,
  position: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { images, height, width, channels } = set
  const size = height * width * channels
  const pixels = images.subarray(position * size, (position + 1) * size)
  const image = sharp(pixels, { raw: { height, width, channels: channels as 1 | 3 } })
  if (channels === 1) image.toColourspace('b-w')
  if (Math.max(height, width) > largestSide) image.resize(largestSide, largestSide, { fit: 'inside' })
  return new Uint8Array(await image.png().toBuffer())
}
