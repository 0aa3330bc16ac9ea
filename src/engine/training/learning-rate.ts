import type { TrainingSpec } from '../../shared/experiment/training.ts'

/**
 * The learning rate of a phase's training step (counted from 0), as its schedule gives it (method 4.3).
 * @param training its `learningRate` is η₀; its `schedule` chooses one of the functions below
 */
export function learningRateAt(training: TrainingSpec, step: number, batchesPerEpoch: number): number {
  const { schedule, learningRate } = training
  switch (schedule.kind) {
    case 'constant':
      return learningRate
    case 'linear-warm-up':
      return linear(training, schedule, { step, stepCount: training.epochs * batchesPerEpoch })
    case 'cosine-warm-restarts':
      return cosine(training, schedule, { step, batchesPerEpoch })
  }
}

type Schedule<Kind extends TrainingSpec['schedule']['kind']> = Extract<TrainingSpec['schedule'], { kind: Kind }>

/**
 * PyTorch's CosineAnnealingWarmRestarts stepped per batch (Loshchilov and Hutter 2017):
 * η = η_min + (η₀ − η_min)·(1 + cos(π·T_cur/T_i))/2, T_cur steps since the last restart, T_i steps long the running cycle.
 * T_0 is `cycleEpochs` epochs; where that is null the early-stopping patience, so that training ends after one whole cycle
 * without an improvement; without patience the maximum of epochs. Rounded up to whole batches, as the paper's code does.
 */
function cosine(
  { learningRate, earlyStopping, epochs }: TrainingSpec,
  schedule: Schedule<'cosine-warm-restarts'>,
  { step, batchesPerEpoch }: { step: number; batchesPerEpoch: number },
): number {
  let length = Math.ceil((schedule.cycleEpochs ?? earlyStopping.patience ?? epochs) * batchesPerEpoch)
  let position = step
  while (position >= length) {
    position -= length
    length *= schedule.cycleFactor
  }
  const low = schedule.minimumLearningRate
  return low + ((learningRate - low) * (1 + Math.cos((Math.PI * position) / length))) / 2
}

/**
 * Linear warm-up and decay, as Hugging Face's get_linear_schedule_with_warmup (Devlin et al. 2019): with N steps up to the
 * maximum of epochs and W = ⌈`warmUpFraction`·N⌉, η = η₀·t/W at step t < W, and η₀·(N − t)/(N − W) after it.
 */
function linear(
  { learningRate }: TrainingSpec,
  { warmUpFraction }: Schedule<'linear-warm-up'>,
  { step, stepCount }: { step: number; stepCount: number },
): number {
  const warmUp = Math.ceil(warmUpFraction * stepCount)
  return learningRate * (step < warmUp ? step / warmUp : (stepCount - step) / (stepCount - warmUp))
}
