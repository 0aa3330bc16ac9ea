import type { Augmentation } from '../../../../shared/data.ts'
import type { AugmentationPreset } from './augmentation.ts'
import { cropFlip } from './crop-flip.ts'
import { none } from './none.ts'
import { trivialAugment } from './trivial-augment.ts'

/** Every augmentation preset. */
export const augmentations: Record<Augmentation, AugmentationPreset> = {
  none,
  'crop-flip': cropFlip,
  'trivial-augment': trivialAugment,
}
