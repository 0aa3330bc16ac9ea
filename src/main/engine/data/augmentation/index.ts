import type { Augmentation } from '../../../../shared/data.ts'
import type { AugmentationPreset } from '../pixel-writer.ts'
import { createPixelWriter } from '../pixel-writer.ts'
import { trivialAugment } from './trivial-augment.ts'

/** Images as they are. */
const none: AugmentationPreset = ({ shape, pad, normalisation }) => {
  const { write } = createPixelWriter(shape, pad, normalisation)
  return (image, target) => write(image, { top: pad, left: pad, flip: false }, target)
}

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

/** Every augmentation preset. */
export const augmentations: Record<Augmentation, AugmentationPreset> = {
  none,
  'crop-flip': cropFlip,
  'trivial-augment': trivialAugment,
}
