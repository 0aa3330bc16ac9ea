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
export interface ImageBytes {
  bytes: Uint8Array
  start: number
}

/** Places an image in a frame `pad` pixels larger on each side, normalised, zero pixels around it. */
export interface PixelWriter {
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
  const blank = Float32Array.from({ length: frameSize }, (_, at) => table[(at % channels) << 8]!)
  return {
    frame: [frameHeight, frameWidth],
    frameSize,
    write({ bytes, start }, { top, left, flip }, target) {
      if (height < frameHeight || width < frameWidth || top !== 0 || left !== 0) target.set(blank)
      const [firstRow, endRow] = visible(top, height, frameHeight)
      const [firstColumn, endColumn] = visible(left, width, frameWidth)
      const columns = endColumn - firstColumn
      const firstTarget = flip ? frameWidth - 1 - (left + firstColumn) : left + firstColumn
      const step = (flip ? -1 : 1) * channels
      for (let row = firstRow; row < endRow; row++) {
        let from = start + (row * width + firstColumn) * channels
        let to = ((top + row) * frameWidth + firstTarget) * channels
        for (let column = 0; column < columns; column++, to += step) {
          for (let channel = 0; channel < channels; channel++) {
            target[to + channel] = table[(channel << 8) | bytes[from++]!]!
          }
        }
      }
    },
  }
}

/** First row or column of an image inside its frame, and the one behind the last. */
function visible(offset: number, size: number, frameSize: number): [first: number, end: number] {
  return [Math.max(0, -offset), Math.min(size, frameSize - offset)]
}
