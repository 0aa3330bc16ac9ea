import type { Stream } from '../../random.ts'
import type { ImageBytes, ImageShape } from '../pixel-writer.ts'
import type { Normalisation } from '../normalisation.ts'

/** Writes an image into its place in a batch: augmented by what it draws, padded and normalised. */
export type ImageWriter = (image: ImageBytes, target: Float32Array, random: Stream) => void

export interface WriterOptions {
  shape: ImageShape
  /** Zero pixels on each side. */
  pad: number
  normalisation: Normalisation
}

/** A preset of augmentations. It draws from the stream alone. */
export type AugmentationPreset = (options: WriterOptions) => ImageWriter
