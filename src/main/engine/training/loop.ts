import type { TrainingBatch } from './batch.ts'
import { stream } from '../random.ts'
import { disposingOf } from './disposing.ts'
import { hasStopped } from './early-stopping.ts'
import { evaluateExits } from './evaluate.ts'
import { trainingMetrics, validationMetrics } from './metrics.ts'
import type { Meter } from './meter.ts'
import { createMeter, imagesPerSecond } from './meter.ts'
import type { PhaseEvent, PhaseOutcome, TrainPhaseOptions } from './phase-run.ts'
import { learningRateAt } from './schedule.ts'
import type { Session } from './session.ts'
import {
  completeEpoch,
  countDominance,
  countStep,
  epochDominance,
  openSession,
  passBoundary,
  readRunning,
  save,
} from './session.ts'

const progressMilliseconds = 1000

/** Trains a phase from its snapshot until early stopping or the epoch cap end it, or until it is to pause. */
export async function trainPhase(options: TrainPhaseOptions): Promise<PhaseOutcome> {
  const session = openSession(options)
  const { step, evaluation, probe, state } = session
  return disposingOf([step, evaluation, ...(probe ? [probe] : []), state], () => trainEpochs(session))
}

async function trainEpochs(session: Session): Promise<PhaseOutcome> {
  const { options, progress, state, evaluation } = session
  await options.onEvent(startedEvent(session))
  for (;;) {
    const ended = endOf(session)
    if (ended) return { ended, epochs: progress.epoch, keptEpoch: progress.keptEpoch }
    if (!(await trainEpoch(session))) return { ended: 'paused' }
    const { pace } = progress
    const began = options.now()
    const request = { state, batches: options.validationBatches, goesOn: () => passBoundary(session) }
    const outputs = await evaluateExits(evaluation, request)
    if (outputs === null) return { ended: 'paused' }
    const dominance = epochDominance(session)
    const improved = await completeEpoch(session, validationMetrics(outputs, session.exits))
    const seconds = (pace.milliseconds + options.now() - began) / 1000
    const measured = { imagesPerSecond: imagesPerSecond(pace), seconds, improved, dominance }
    await options.onEvent({ ...epochEvent(session), ...measured })
    await save(session, { reason: 'epoch', improved })
  }
}

/** Trains what is left of the running epoch. False where it is to pause before its end. */
async function trainEpoch(session: Session): Promise<boolean> {
  const { options, progress } = session
  const { trainingBatches, now } = options
  const [wholeEpoch, sinceTold] = [createMeter(now, progress.pace), createMeter(now)]
  let batch: TrainingBatch | null = null
  while (progress.batch < trainingBatches.batchesPerEpoch) {
    if (!(await passBoundary(session))) return false
    batch ??= trainingBatches.batch(progress.epoch, progress.batch)
    const { size } = batch
    // The next batch is made while TensorFlow is busy with this one.
    const [, next]: [void, TrainingBatch | null] = await allEnded([runStep(session, batch), prepareNext(session)])
    batch = next
    countStep(session, size)
    for (const meter of [wholeEpoch, sinceTold]) meter.add(size)
    progress.pace = wholeEpoch.pace()
    if (sinceTold.pace().milliseconds >= progressMilliseconds) await tellProgress(session, sinceTold)
  }
  return true
}

async function runStep(session: Session, batch: TrainingBatch): Promise<void> {
  const { options, progress, state, probe, step: trainingStep } = session
  const { step } = progress
  const { training, trainingBatches, seed, phaseId } = options
  const learningRate = learningRateAt(training, step, trainingBatches.batchesPerEpoch)
  const source = stream(seed, phaseId, 'dropout', step)
  const dropoutSeed = [source.integer(2 ** 30), source.integer(2 ** 30)] as const
  // On the very gradients that the step is about to take: the same weights, images and masks.
  if (probe?.isDue(progress.batch)) countDominance(session, await probe.measure({ state, batch, dropoutSeed }))
  await trainingStep.run({ state, step, batch, learningRate, dropoutSeed })
}

async function prepareNext({ options: { trainingBatches }, progress }: Session): Promise<TrainingBatch | null> {
  // A step starts in a microtask: give way, or it would wait for the batch.
  await new Promise((resolve) => setImmediate(resolve))
  const index = progress.batch + 1
  return index < trainingBatches.batchesPerEpoch ? trainingBatches.batch(progress.epoch, index) : null
}

/** Both results, when both have ended: nothing may be disposed of under a running step. Fails as the first that failed. */
async function allEnded<A, B>(work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

async function tellProgress(session: Session, sinceTold: Meter): Promise<void> {
  const { options, progress, exits } = session
  await readRunning(session)
  if (exits.some((exit) => progress.running.samples[exit] === 0)) return
  await options.onEvent({
    type: 'progress',
    epoch: progress.epoch + 1,
    batch: progress.batch,
    batchesPerEpoch: options.trainingBatches.batchesPerEpoch,
    imagesPerSecond: imagesPerSecond(sinceTold.pace()),
    losses: trainingMetrics(progress.running, exits).map(({ loss }) => loss),
  })
  sinceTold.restart()
}

function startedEvent({ options, progress }: Session): PhaseEvent {
  const { network, trainingBatches } = options
  const parameters = network.parameters.filter(({ kind }) => kind === 'parameter')
  return {
    type: 'started',
    parameterCount: parameters.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0),
    batchesPerEpoch: trainingBatches.batchesPerEpoch,
    epoch: progress.epoch,
    step: progress.step,
  }
}

/** What the session knows of the epoch that has just been completed. */
function epochEvent({ options, progress }: Session) {
  const { training, trainingBatches } = options
  return {
    type: 'epoch',
    epoch: progress.epoch,
    metrics: progress.lastMetrics,
    learningRate: learningRateAt(training, progress.step - 1, trainingBatches.batchesPerEpoch),
    epochsWithoutImprovement: progress.epochsWithoutImprovement,
  } as const
}

/** Why the phase is over, if it is. */
function endOf({ options: { training }, progress }: Session): 'early-stopping' | 'epoch-cap' | null {
  if (hasStopped(progress, training.earlyStopping)) return 'early-stopping'
  return progress.epoch >= training.epochs ? 'epoch-cap' : null
}
