import { permutation, stream } from '../random.ts'
import { gatherImages, type ImageSet } from './image-set.ts'
import { gatherTargets } from './targets.ts'
import { gatherTexts, type TextSet } from './text-set.ts'

/** Samples of one split in memory, with what is to be learned of each. */
export type SampleSet = ImageSet | TextSet

/** Positions of the samples of each split in the data set's own training and test samples; ascending. */
export interface Selection {
  /** Without what is held back for validation. */
  train: Int32Array
  /** In the training samples. */
  validation: Int32Array
  test: Int32Array
}

/** Samples in the order of `indices`, copied. */
export function gatherSamples(set: SampleSet, indices: Int32Array): SampleSet {
  if (set.kind === 'text') return gatherTexts(set, indices)
  return {
    ...set,
    images: gatherImages(set, indices),
    ...gatherTargets(set, indices),
    count: indices.length,
  }
}

/**
 * Samples drawn without replacement by a seed; all of them where there are no more. Their order is random, so that no batch holds
 * one class, and the first of many are those of fewer.
 */
export function someSamples(set: SampleSet, { count, seed }: { count: number; seed: number }): SampleSet {
  return gatherSamples(set, permutation(set.count, stream(seed, 'some images')).subarray(0, count))
}
