import type { ImageDataset } from '../dataset.ts'
import { idxFiles, idxNames, type IdxDefinition } from './idx-definition.ts'

export function idxDataset(definition: IdxDefinition): ImageDataset {
  const { info, augmentation, classNames, downloadBytes } = definition
  const names = Object.values(idxFiles).flatMap(({ images, labels }) => [images, labels])
  return {
    kind: 'images',
    info,
    images: { height: 28, width: 28, channels: 1, classes: classNames.length },
    files: {
      expected: `the four files ${idxFiles.train.images}.gz and so on`,
      areIn: (_, has) => names.every((name) => idxNames(name).some((each) => has(each))),
      downloadBytes,
    },
    options: [],
    augmentation,
    open: async (_, path) => (await import('./idx.ts')).openIdx(definition, path),
  }
}
