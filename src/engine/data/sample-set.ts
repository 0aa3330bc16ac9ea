import { permutation, stream } from '../random.ts'
import { gatherImages, type ImageSet } from './image-set.ts'
import type { StreamedImages } from './streamed-images.ts'
import { gatherTargets } from './targets.ts'
import { gatherTexts, type TextSet } from './text-set.ts'

/** Samples of one split with their labels or values; in memory unless they are streamed. */
export type SampleSet = ImageSet | StreamedImages | TextSet

/** Positions of the samples of each split in the data set's own training and test samples; ascending. */
export interface Selection {
  /** Without the samples held back for validation and calibration. */
  train: Int32Array
  /** In the training samples. */
  validation: Int32Array
  /** The same; absent where none are held back for it. */
  calibration?: Int32Array
  test: Int32Array
}

/** Samples in the order of `indices`, copied. */
export function gatherSamples(set: SampleSet, indices: Int32Array): SampleSet {
  if (set.kind === 'text') return gatherTexts(set, indices)
  return {
    ...set,
    ...pixelsOf(set, indices),
    ...gatherTargets(set, indices),
    count: indices.length,
  }
}

function pixelsOf(set: ImageSet | StreamedImages, indices: Int32Array): object {
  if (set.kind === 'images') return { images: gatherImages(set, indices) }
  const prepare: StreamedImages['prepare'] = ({ positions, ...request }, spare) =>
    set.prepare({ ...request, positions: positions.map((position) => indices[position]!) }, spare)
  return { prepare }
}

/**
 * Samples drawn without replacement by a seed; all of them where there are no more. Their order is random, so that no batch holds
 * one class, and the first of many are those of fewer.
 */
export function someSamples(set: SampleSet, { count, seed }: { count: number; seed: number }): SampleSet {
  return gatherSamples(set, permutation(set.count, stream(seed, 'some images')).subarray(0, count))
}
