import type { ExitMetric } from '../../shared/phases/phase-events.ts'
import type { Task } from '../tasks/index.ts'
import type { State } from '../tf.ts'
import type { BatchesAhead } from './batches-ahead.ts'
import { checkFinite, checkTaught } from './first-not-finite.ts'
import { readSums, trainingMetrics } from './epoch-sums.ts'
import type { Evaluation } from './evaluate.ts'
import type { DominanceProbe } from './dominance-probe.ts'
import { imagesPerSecond, type Pace } from './pace.ts'
import type { TrainPhaseOptions } from './phase-options.ts'
import type { TrainingProgress } from './phase-state.ts'
import type { TrainingStep } from './step.ts'

/** A phase in training: its options, its progress, its state and functions on the device. */
export interface RunningPhase {
  options: TrainPhaseOptions
  batches: BatchesAhead
  task: Task
  progress: TrainingProgress
  /** Exits that the phase trains on and evaluates. */
  exits: readonly number[]
  state: State
  step: TrainingStep
  evaluation: Evaluation
  /** Null where gradient dominance is not measured. */
  probe: DominanceProbe | null
  /** Step and time of the latest checkpoint. */
  saved: { step: number; at: number }
}

/** Reads the sums of the epoch so far from the device. @throws ExitlabError `diverged` where one is not finite. */
export async function fetchSums(running: RunningPhase): Promise<void> {
  const { options, progress, state, task } = running
  Object.assign(progress.running, await readSums(task, state))
  const losses = progress.running.lossSums.map((loss, exit) => ({ exit, loss }))
  const [{ objective }, where] = [options.phase, placeOf(running)]
  await checkTaught(state, objective, where)
  checkFinite(losses, { split: 'training', where, objective })
}

export function lossesOf({ info }: Task, metrics: readonly ExitMetric[]): { exit: number; loss: number }[] {
  return metrics.map(({ exit, values }) => ({ exit, loss: values[info.loss]! }))
}

export function placeOf({ options: { phase, trainingBatches }, progress: { epoch, batch } }: RunningPhase): string {
  return `phase “${phase.name}”, epoch ${epoch + 1}, batch ${batch} of ${trainingBatches.batchesPerEpoch}`
}

/** Reports losses and `pace`. False where an exit of the phase has not run in this epoch yet: it has no loss to report. */
export async function reportProgress(running: RunningPhase, pace: Pace): Promise<boolean> {
  const { options, progress, exits, task } = running
  await fetchSums(running)
  if (exits.some((exit) => progress.running.samples[exit] === 0)) return false
  await options.onEvent({
    type: 'progress',
    epoch: progress.epoch + 1,
    batch: progress.batch,
    batchesPerEpoch: options.trainingBatches.batchesPerEpoch,
    imagesPerEpoch: (progress.pace.images / progress.batch) * options.trainingBatches.batchesPerEpoch,
    imagesPerSecond: imagesPerSecond(pace),
    losses: lossesOf(task, trainingMetrics(task, progress.running, exits)).map(({ loss }) => loss),
  })
  return true
}
