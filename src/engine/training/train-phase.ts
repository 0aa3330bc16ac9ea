import type { MetricValues } from '../../shared/methods/metric.ts'
import { stream } from '../random.ts'
import { taskOf } from '../tasks/index.ts'
import type { TrainingBatch } from './batch.ts'
import { batchesAhead } from './batches-ahead.ts'
import { hasStopped, observeScores, stoppingMetric } from './early-stopping.ts'
import { checkFinite } from './first-not-finite.ts'
import { trainingMetrics } from './epoch-sums.ts'
import { createEvaluation, measureExits } from './evaluate.ts'
import { addDominance, meanDominance } from './dominance.ts'
import { createDominanceProbe } from './dominance-probe.ts'
import { learningRateAt } from './learning-rate.ts'
import { imagesPerSecond, since } from './pace.ts'
import { startedEvent, type CheckpointDetails, type PhaseOutcome, type TrainPhaseOptions } from './phase-options.ts'
import { beginEpoch, captureSnapshot, createTrainingState } from './phase-state.ts'
import { lossesOf, placeOf, fetchSums, reportProgress, type RunningPhase } from './running-phase.ts'
import { runningExits } from '../../shared/phases/phase.ts'
import { exitsInLoss } from './step-plan.ts'
import { createTrainingStep } from './step.ts'
import { withDisposables } from './with-disposables.ts'

const reportMilliseconds = 1000

/** Trains a phase from its snapshot until early stopping, the maximum number of epochs, or a pause ends it. */
export async function trainPhase(options: TrainPhaseOptions): Promise<PhaseOutcome> {
  const { network, phase, snapshot, trainingBatches, now } = options
  const exits = exitsInLoss(phase)
  const running: RunningPhase = {
    options,
    batches: batchesAhead(trainingBatches),
    task: taskOf(network.spec),
    progress: structuredClone(snapshot.progress),
    exits,
    state: createTrainingState(options, snapshot),
    step: createTrainingStep(options),
    evaluation: createEvaluation(network, exits),
    probe: createDominanceProbe({ ...options, batchesPerEpoch: trainingBatches.batchesPerEpoch }),
    saved: { step: snapshot.progress.step, at: now() },
  }
  const { step, evaluation, probe, state } = running
  return withDisposables([step, evaluation, ...(probe ? [probe] : []), state], () => trainEpochs(running))
}

/** Epoch after epoch: train, evaluate, decide whether to stop, report, save. */
async function trainEpochs(running: RunningPhase): Promise<PhaseOutcome> {
  const { options, progress, state, evaluation } = running
  const { training, validationBatches: batches, now, onEvent } = options
  await onEvent(startedEvent(options, progress))
  while (!hasStopped(progress, training.earlyStopping) && progress.epoch < training.epochs) {
    if (!(await trainEpoch(running))) return { ended: 'paused' }
    const { pace } = progress
    const began = now()
    const validation = await measureExits(evaluation, { state, batches, goesOn: () => passBoundary(running) })
    if (validation === null) return { ended: 'paused' }
    const epoch = await endEpoch(running, validation)
    const seconds = (pace.milliseconds + now() - began) / 1000
    await onEvent({ ...epoch, imagesPerSecond: imagesPerSecond(pace), seconds })
    await save(running, { reason: 'epoch', improved: epoch.improved })
  }
  const ended = hasStopped(progress, training.earlyStopping) ? 'early-stopping' : 'epoch-cap'
  return { ended, epochs: progress.epoch, keptEpoch: progress.keptEpoch }
}

/** Trains on the remaining batches of the epoch. False where it is to pause before its end. */
async function trainEpoch(running: RunningPhase): Promise<boolean> {
  const { options, progress, batches } = running
  const { phase, trainingBatches, now } = options
  const began = now() - progress.pace.milliseconds
  let reported = progress.pace
  batches.from(progress)
  let batch: TrainingBatch | null = null
  while (progress.batch < trainingBatches.batchesPerEpoch) {
    if (!(await passBoundary(running))) return false
    batch ??= (await batches.next())!
    const { size } = batch
    // The next batch is made while TensorFlow works on this one; nothing may be disposed of under a running step.
    const stepping = takeStep(running, batch)
    const preparing = batches.next()
    await Promise.allSettled([stepping, preparing])
    await stepping
    batch = await preparing
    runningExits(phase, progress.step).forEach((exit) => (progress.running.samples[exit]! += size))
    progress.step++
    progress.batch++
    progress.pace = { images: progress.pace.images + size, milliseconds: now() - began }
    const unreported = since(reported, progress.pace)
    if (unreported.milliseconds >= reportMilliseconds && (await reportProgress(running, unreported)))
      reported = progress.pace
  }
  return true
}

async function takeStep(running: RunningPhase, batch: TrainingBatch): Promise<void> {
  const { options, progress, state, probe } = running
  const { training, trainingBatches, seed, phaseId } = options
  const { step } = progress
  const epoch = progress.epoch + 1
  const learningRate = learningRateAt(training, step, trainingBatches.batchesPerEpoch)
  const source = stream(seed, phaseId, 'dropout', step)
  const dropoutSeed = [source.integer(2 ** 30), source.integer(2 ** 30)] as const
  // With the weights, images and dropout masks of the step that follows.
  if (probe?.isDue(progress.batch)) {
    progress.dominance = addDominance(progress.dominance, await probe.measure({ state, epoch, batch, dropoutSeed }))
  }
  await running.step.run({ state, step, epoch, batch, learningRate, dropoutSeed })
}

/** Ends the epoch with its validation metrics, updates early stopping and resets the sums. */
async function endEpoch(running: RunningPhase, values: readonly MetricValues[]) {
  const { options, progress, state, exits, task } = running
  const { phase, training, trainingBatches } = options
  const validation = values.map((each, index) => ({ exit: exits[index]!, split: 'validation' as const, values: each }))
  await fetchSums(running)
  const { objective } = phase
  checkFinite(lossesOf(task, validation), { split: 'validation', where: placeOf(running), objective })
  const { delta } = training.earlyStopping
  const metric = stoppingMetric(task, training)
  const scores = phase.stopsOn.map((exit) => validation.find((each) => each.exit === exit)!.values[metric]!)
  Object.assign(progress, observeScores(progress, scores, { ...task.info.metrics[metric]!, delta }))
  const improved = progress.epochsWithoutImprovement === 0
  const metrics = [...trainingMetrics(task, progress.running, exits), ...validation]
  progress.epoch++
  if (improved || training.keep === 'last-epoch') progress.keptEpoch = progress.epoch
  const { dominance, epoch } = progress
  beginEpoch(progress, task, state)
  return {
    type: 'epoch',
    epoch,
    metrics,
    learningRate: learningRateAt(training, progress.step - 1, trainingBatches.batchesPerEpoch),
    epochsWithoutImprovement: progress.epochsWithoutImprovement,
    improved,
    dominance: dominance ? { epoch, batches: dominance.batches, ...meanDominance(dominance) } : null,
  } as const
}

/** At a step boundary: writes a checkpoint if it is due, and returns whether to continue. */
async function passBoundary(running: RunningPhase): Promise<boolean> {
  const { options, progress, saved } = running
  const pausing = options.shouldPause()
  const due = options.now() - saved.at >= options.checkpointSeconds * 1000
  if ((pausing || due) && progress.step > saved.step) {
    await save(running, { reason: pausing ? 'pause' : 'time', improved: false })
  }
  return !pausing
}

/** Writes a checkpoint. @throws ExitlabError `diverged` instead where the loss is not finite. */
async function save(running: RunningPhase, details: CheckpointDetails): Promise<void> {
  const { options, progress, state } = running
  await fetchSums(running)
  await options.saveCheckpoint(await captureSnapshot(options, { state, progress }), details)
  running.saved = { step: progress.step, at: options.now() }
}
