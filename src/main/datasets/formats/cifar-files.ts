import type { ImageDataset } from '../dataset.ts'

export const cifarForms = ['binary', 'python'] as const
export type CifarForm = (typeof cifarForms)[number]

/** Distribution formats of a CIFAR data set (Krizhevsky 2009). */
export interface CifarDefinition extends Pick<ImageDataset, 'info'> {
  name: string
  normalisation: { mean: number[]; std: number[] }
  classes: number
  /** Bytes before the pixels of an image in the binary files; the last of them is its label. */
  labelBytes: number
  /** Key of the labels in the pickled files. */
  labelKey: string
  /** Key of the names of the classes in the pickled file of names. */
  namesKey: string
  forms: Record<CifarForm, { folder: string; archive: string; train: string[]; test: string[]; names: string }>
}

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
