import type { ImageDataset } from '../dataset.ts'

/** The files of a data set in idx form, as distributed. */
export const idxFiles = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const

/** Names under which a file is found: with a dash or a dot before `idx`, compressed or not. */
export function idxNames(name: string): string[] {
  return [name, name.replace('-idx', '.idx')].flatMap((each) => [`${each}.gz`, each])
}

/** A data set of grey images, 28 × 28, that is distributed like MNIST. */
export interface IdxDefinition extends Pick<ImageDataset, 'info' | 'augmentation'> {
  name: string
  /** Per-channel mean and standard deviation of pixels scaled to [0, 1]. */
  normalisation: { mean: number[]; std: number[] }
  /** Its files hold numbers alone. */
  classNames: string[]
  downloadBytes: number | null
}
