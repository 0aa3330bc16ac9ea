import type { Dataset } from './dataset.ts'

/** Keys of an experiment's `data` that only data sets of one kind take, each with values that leave it out. */
const ofKind: Record<Dataset['kind'], Readonly<Record<string, readonly unknown[]>>> = {
  images: { imageSize: [], pad: [0], augmentation: ['auto', 'none'], mixing: [] },
  text: { maxLength: [], grouping: [], tokenizer: [] },
}
const ofSome = { testFraction: [], columns: [], damagedImages: ['refuse'] } satisfies Partial<
  Record<Dataset['options'][number], readonly unknown[]>
>
const keyGroups: readonly Readonly<Record<string, readonly unknown[]>>[] = [...Object.values(ofKind), ofSome]

/** Keys of `data` that some data sets take and others do not. */
export const conditionalKeys: readonly string[] = keyGroups.flatMap(Object.keys)

/** The conditional keys that a data set takes. */
export function takenKeys({ kind, options }: Pick<Dataset, 'kind' | 'options'>): string[] {
  return [...Object.keys(ofKind[kind]), ...options]
}

/** Whether a value of a conditional key says as much as leaving it out. */
export function saysNothing(key: string, value: unknown): boolean {
  return value === undefined || value === null || keyGroups.some((keys) => keys[key]?.includes(value))
}
