import type { NetworkSpec } from '../../shared/network.ts'
import type { TrainJob } from '../../shared/trainer.ts'
import type { EvaluationBatches, ImageSet, TrainingBatches } from '../engine/index.ts'
import { createEvaluationBatches, createTrainingBatches, imagePreparationOf } from '../engine/index.ts'

/** Not the training's batch size: a phase's validation and the evaluation of its weights are the same computation. */
const largestBatch = 128

/** The images of a split, as a network takes them, in batches of one size as far as their number allows. */
export function evaluationBatches(set: ImageSet, network: NetworkSpec): EvaluationBatches {
  const batchCount = Math.ceil(set.count / largestBatch)
  return createEvaluationBatches(set, { ...imagePreparationOf(network), batchSize: Math.ceil(set.count / batchCount) })
}

/** Everything that the batches of a phase follow from. */
type TrainedOn = Pick<TrainJob, 'network' | 'data' | 'training' | 'seed' | 'phaseId'>

/** The images that a phase trains on. */
export function trainingBatches(set: ImageSet, { network, data, training, seed, phaseId }: TrainedOn): TrainingBatches {
  const { normalisation } = imagePreparationOf(network)
  return createTrainingBatches(set, { data, normalisation, batchSize: training.batchSize, seed, phaseId })
}
