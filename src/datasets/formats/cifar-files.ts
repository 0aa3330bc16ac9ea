import type { ImageDataset } from '../dataset.ts'
import { cifarForms, type CifarDefinition } from './cifar-definition.ts'

/** A data set of colour images, 32 × 32, that is distributed like CIFAR-10. */
export function cifarDataset(definition: CifarDefinition): ImageDataset {
  const { info, classes, forms } = definition
  return {
    kind: 'images',
    info,
    images: { height: 32, width: 32, channels: 3, classes },
    files: {
      expected: cifarForms.map((form) => forms[form].archive).join(' or '),
      areIn: (place, has) =>
        Object.values(forms).some(({ folder, archive, train, test }) => {
          const isWhole = (...path: string[]) => [...train, ...test].every((file) => has(...path, file))
          return isWhole() || isWhole(folder) || has(archive) || (place.endsWith('.tar.gz') && has())
        }),
      downloadBytes: null,
    },
    options: [],
    augmentation: null,
    open: async (_, path) => (await import('./cifar.ts')).openCifar(definition, path),
  }
}
