import type { NetworkSpec } from '../../shared/network/network.ts'
import type { TrainJob } from '../../contract/experiment/trainer-jobs.ts'
import type { EvaluationBatches, SampleSet, TrainingBatches } from '../../engine/index.ts'
import {
  createEvaluationBatches,
  createTextEvaluationBatches,
  createTextTrainingBatches,
  createTrainingBatches,
  createUniformTextBatches,
  familyOf,
  imagePreparationOf,
} from '../../engine/index.ts'

/** Not the training's batch size: a phase's validation and the evaluation of its weights are the same computation. */
const largestBatch = 128

/** The samples of a split, as a network takes them; images in batches of one size as far as their number allows. */
export function evaluationBatches(set: SampleSet, network: NetworkSpec): EvaluationBatches {
  return set.kind === 'text' ? createTextEvaluationBatches(set) : imageBatches(set, network)
}

/** The samples of a split in their order and in batches of one shape, for analyses of features. */
export function uniformBatches(set: SampleSet, network: NetworkSpec): EvaluationBatches {
  return set.kind === 'text' ? createUniformTextBatches(set, longestOf(network)) : imageBatches(set, network)
}

/** Tokens that a network takes at most. */
const longestOf = (network: NetworkSpec) => familyOf(network).inputs(network)['ids']!.shape[0]!

function imageBatches(set: Exclude<SampleSet, { kind: 'text' }>, network: NetworkSpec): EvaluationBatches {
  const batchCount = Math.ceil(set.count / largestBatch)
  return createEvaluationBatches(set, { ...imagePreparationOf(network), batchSize: Math.ceil(set.count / batchCount) })
}

/** Everything that the batches of a phase follow from. */
type TrainedOn = Pick<TrainJob, 'network' | 'data' | 'training' | 'seed' | 'phaseId'>

/** The samples that a phase trains on. */
export function trainingBatches(
  set: SampleSet,
  { network, data, training, seed, phaseId }: TrainedOn,
): TrainingBatches {
  const drawn = { batchSize: training.batchSize, seed, phaseId }
  if (set.kind === 'text') return createTextTrainingBatches(set, { ...drawn, grouping: data.grouping ?? 'random' })
  const { normalisation } = imagePreparationOf(network)
  return createTrainingBatches(set, { data, normalisation, ...drawn })
}
