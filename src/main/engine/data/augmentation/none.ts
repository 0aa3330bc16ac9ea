import { createPixelWriter } from '../pixel-writer.ts'
import type { AugmentationPreset } from './augmentation.ts'

/** Images as they are. */
export const none: AugmentationPreset = ({ shape, pad, normalisation }) => {
  const { write } = createPixelWriter(shape, pad, normalisation)
  return (image, target) => write(image, { top: pad, left: pad, flip: false }, target)
}
