import type { Augmentation } from '../../shared/data/augmentations.ts'
import type { Normalisation } from '../../engine/data/normalisation.ts'
import type { ImageDataset } from '../dataset.ts'
import type { WordNetDefinition } from './wordnet-definition.ts'

export const tinyImageNetNormalisation: Normalisation = {
  mean: [0.4802, 0.4481, 0.3975],
  std: [0.2302, 0.2265, 0.2262],
}

export const imageNetNormalisation: Normalisation = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
}

/** Random crops of the whole photograph, as training on ImageNet has them. */
export const resizedCrops = (ofFamily: Augmentation): Augmentation =>
  ofFamily === 'crop-flip' ? 'resized-crop-flip' : 'resized-crop-trivial-augment'

export function wordNetDataset(definition: WordNetDefinition): ImageDataset {
  const { info, classes, side, folders, expected, augmentation } = definition
  return {
    kind: 'images',
    info,
    images: { height: side, width: side, channels: 3, classes },
    files: {
      expected,
      areIn: (_, has) => folders.some((folder) => has(folder, 'train') && has(folder, 'val')),
      downloadBytes: null,
    },
    options: ['damagedImages'],
    augmentation,
    open: async (data, path) => (await import('./wordnet.ts')).openWordNet(definition, data, path),
  }
}
