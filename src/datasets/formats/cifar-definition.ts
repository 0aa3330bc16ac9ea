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
