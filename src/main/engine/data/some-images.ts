import { permutation, stream } from '../random.ts'
import type { ImageSet } from './image-set.ts'
import { gatherImages } from './image-set.ts'

/**
 * Images drawn without replacement by a seed; all of them where there are no more. Their order is random, so that no batch holds
 * one class, and the first of many are those of fewer.
 */
export function someImages(set: ImageSet, { count, seed }: { count: number; seed: number }): ImageSet {
  const drawn = permutation(set.count, stream(seed, 'some images')).subarray(0, count)
  return {
    ...set,
    images: gatherImages(set, drawn),
    labels: drawn.map((position) => set.labels[position]!),
    count: drawn.length,
  }
}
