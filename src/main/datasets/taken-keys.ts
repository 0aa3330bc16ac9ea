import type { Dataset } from './dataset.ts'

/** Keys of an experiment's `data` that only data sets of one kind take, each with values that leave it out. */
const ofKind: Record<Dataset['kind'], Readonly<Record<string, readonly unknown[]>>> = {
  images: { imageSize: [], pad: [0], augmentation: ['auto', 'none'], mixing: [] },
  text: { maxLength: [], grouping: [], tokenizer: [] },
}
const ofSome = ['testFraction', 'columns'] satisfies Dataset['options'][number][]

/** Keys of `data` that some data sets take and others do not. */
export const conditionalKeys: readonly string[] = [...Object.values(ofKind).flatMap(Object.keys), ...ofSome]

/** The conditional keys that a data set takes. */
export function takenKeys({ kind, options }: Pick<Dataset, 'kind' | 'options'>): string[] {
  return [...Object.keys(ofKind[kind]), ...options]
}

/** Whether a value of a conditional key says as much as leaving it out. */
export function saysNothing(key: string, value: unknown): boolean {
  return value === undefined || value === null || Object.values(ofKind).some((keys) => keys[key]?.includes(value))
}
