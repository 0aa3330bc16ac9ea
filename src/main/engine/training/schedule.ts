import type { TrainingSpec } from '../../../shared/training.ts'

/**
 * The learning rate of a phase's training step (counted from 0).
 *
 * `cosine-warm-restarts` is PyTorch's CosineAnnealingWarmRestarts stepped per batch (Loshchilov and Hutter 2017):
 * η = η_min + (η₀ − η_min)·(1 + cos(π·T_cur/T_i))/2, T_cur steps since the last restart, T_i steps long the running cycle.
 * T_0 is `cycleEpochs` epochs; where that is null the early-stopping patience, so that training ends after one whole cycle
 * without an improvement; without patience the epoch cap. Rounded up to whole batches, as the paper's code does (method 4.3).
 */
export function learningRateAt(training: TrainingSpec, step: number, batchesPerEpoch: number): number {
  const { learningRate, schedule } = training
  if (schedule.kind === 'constant') return learningRate
  const epochs = schedule.cycleEpochs ?? training.earlyStopping.patience ?? training.epochs
  let length = Math.ceil(epochs * batchesPerEpoch)
  let position = step
  while (position >= length) {
    position -= length
    length *= schedule.cycleFactor
  }
  const low = schedule.minimumLearningRate
  return low + ((learningRate - low) * (1 + Math.cos((Math.PI * position) / length))) / 2
}
