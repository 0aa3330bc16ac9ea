import type { ImageSet } from './image-set.ts'
import type { Normalisation } from './normalisation.ts'
import { normalisationTable } from './normalisation.ts'

export type ImageShape = Pick<ImageSet, 'height' | 'width' | 'channels'>

/** Position of an image in its frame of zero pixels. */
export interface Placement {
  /** Rows and columns from the frame's corner to the image's corner; may be outside. */
  top: number
  left: number
  /** Mirrors the whole frame, left to right. */
  flip: boolean
}

/** Bytes of an image: a buffer and where it begins. */
interface ImageBytes {
  bytes: Uint8Array
  start: number
}

/** Places an image in a frame `pad` pixels larger on each side, normalised, zero pixels around it. */
interface PixelWriter {
  /** Height and width of the frame. */
  frame: [height: number, width: number]
  /** Values that it writes. */
  frameSize: number
  write(image: ImageBytes, placement: Placement, target: Float32Array): void
}

export function createPixelWriter(shape: ImageShape, pad: number, normalisation: Normalisation): PixelWriter {
  const { height, width, channels } = shape
  const table = normalisationTable(normalisation)
  const [frameHeight, frameWidth] = [height + 2 * pad, width + 2 * pad]
  const frameSize = frameHeight * frameWidth * channels
  let blank: Float32Array | null = null
  return {
    frame: [frameHeight, frameWidth],
    frameSize,
    write({ bytes, start }, { top, left, flip }, target) {
      if (height < frameHeight || width < frameWidth || top !== 0 || left !== 0) {
        target.set((blank ??= zeroPixels(frameSize, { table, channels })))
      }
      const [firstRow, endRow] = visible(top, height, frameHeight)
      const [firstColumn, endColumn] = visible(left, width, frameWidth)
      const columns = endColumn - firstColumn
      const firstTarget = flip ? frameWidth - 1 - (left + firstColumn) : left + firstColumn
      const step = (flip ? -1 : 1) * channels
      for (let row = firstRow; row < endRow; row++) {
        let from = start + (row * width + firstColumn) * channels
        let to = ((top + row) * frameWidth + firstTarget) * channels
        // A loop over three channels takes twice as long.
        for (let column = 0; column < columns; column++, to += step, from += channels) {
          target[to] = table[bytes[from]!]!
          if (channels === 1) continue
          target[to + 1] = table[256 | bytes[from + 1]!]!
          target[to + 2] = table[512 | bytes[from + 2]!]!
        }
      }
    },
  }
}

/** Normalised values of zero pixels. */
function zeroPixels(size: number, { table, channels }: { table: Float32Array; channels: number }): Float32Array {
  const values = new Float32Array(size)
  for (let at = 0; at < size; at++) values[at] = table[(at % channels) << 8]!
  return values
}

/** First row or column of an image inside its frame, and the one behind the last. */
function visible(offset: number, size: number, frameSize: number): [first: number, end: number] {
  return [Math.max(0, -offset), Math.min(size, frameSize - offset)]
}
