export { augmentImages } from './augmented-images.ts'
export { batchSizeCaveat } from './batch-size.ts'
export { createEvaluationBatches, createTrainingBatches } from './batches.ts'
export { cropsOriginals } from './augmentation/index.ts'
export type { ImageSet } from './image-set.ts'
export type { StreamedImages } from './streamed-images.ts'
export type { SampleSet, Selection } from './sample-set.ts'
export { gatherSamples, someSamples } from './sample-set.ts'
export { isStreamed } from './streaming.ts'
export { limitSamples, selectSamples, usedTraining, type Pool } from './split.ts'
export { gatherTargets, targetsOf, type SplitValues } from './targets.ts'
export {
  createTextEvaluationBatches,
  createTextTrainingBatches,
  createUniformTextBatches,
  paddedLength,
  textInputs,
} from './text-batches.ts'
export type { TextSet } from './text-set.ts'
