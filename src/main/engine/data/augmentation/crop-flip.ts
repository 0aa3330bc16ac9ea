import { createPixelWriter } from '../pixel-writer.ts'
import type { AugmentationPreset } from './augmentation.ts'

/**
 * Random crop and horizontal flip: an eighth of the image's side in zero pixels around it (4 at 32 × 32, 8 at 64 × 64;
 * method 5.2), a crop of the former size anywhere in it, mirrored every other time.
 */
export const cropFlip: AugmentationPreset = ({ shape, pad, normalisation }) => {
  const { frame, write } = createPixelWriter(shape, pad, normalisation)
  const [maxDown, maxAcross] = frame.map((side) => Math.round(side / 8)) as [number, number]
  return (image, target, random) => {
    const top = pad - maxDown + random.integer(2 * maxDown + 1)
    const left = pad - maxAcross + random.integer(2 * maxAcross + 1)
    write(image, { top, left, flip: random.integer(2) === 1 }, target)
  }
}
