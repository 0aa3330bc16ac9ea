import { ExitlabError } from '../../../shared/error.ts'
import type { Dominance, EpochDominance } from '../../../shared/analyses/gradient-dominance.ts'
import type { ExitMetric } from '../../../shared/trainer.ts'
import type { State } from '../tf.ts'
import type { TrainingProgress } from './checkpoint.ts'
import { observeScores } from './early-stopping.ts'
import type { DominanceProbe } from './dominance-probe.ts'
import { createDominanceProbe } from './dominance-probe.ts'
import { addDominance, meanDominance } from './dominance-sums.ts'
import type { Evaluation } from './evaluate.ts'
import { createEvaluation } from './evaluate.ts'
import { noPace } from './meter.ts'
import { emptySums, trainingMetrics } from './metrics.ts'
import type { CheckpointDetails, TrainPhaseOptions } from './phase-run.ts'
import { exitsOf } from './plan.ts'
import type { TrainingStep } from './step.ts'
import { createTrainingStep } from './step.ts'
import { captureSnapshot, clearSums, createTrainingState, readSums } from './training-state.ts'

/** A phase that is being trained: its options, where it stands, and the tensors and functions it holds. */
export interface Session {
  options: TrainPhaseOptions
  progress: TrainingProgress
  /** Exits that the phase trains on and evaluates. */
  exits: readonly number[]
  state: State
  step: TrainingStep
  evaluation: Evaluation
  /** Null where gradient dominance is not measured. */
  probe: DominanceProbe | null
  /** The step and time of the latest checkpoint. */
  saved: { step: number; at: number }
}

/** Puts a snapshot on the device. State, step, evaluation and probe are to be disposed of. */
export function openSession(options: TrainPhaseOptions): Session {
  const { network, phase, snapshot, now, trainingBatches } = options
  const exits = exitsOf(phase)
  return {
    options,
    progress: structuredClone(snapshot.progress),
    exits,
    step: createTrainingStep(options),
    evaluation: createEvaluation(network, exits),
    probe: createDominanceProbe({ ...options, batchesPerEpoch: trainingBatches.batchesPerEpoch }),
    state: createTrainingState(options, snapshot),
    saved: { step: snapshot.progress.step, at: now() },
  }
}

/** At a step boundary: writes the checkpoint that is due, and says whether to go on. */
export async function passBoundary(session: Session): Promise<boolean> {
  const { options, progress, saved } = session
  const pausing = options.shouldPause()
  const due = options.now() - saved.at >= options.checkpointSeconds * 1000
  if ((pausing || due) && progress.step > saved.step) {
    await save(session, { reason: pausing ? 'pause' : 'time', improved: false })
  }
  return !pausing
}

/** Writes a checkpoint. @throws ExitlabError `diverged` instead where the loss isn't finite. */
export async function save(session: Session, details: CheckpointDetails): Promise<void> {
  const { options, progress, state, saved } = session
  await readRunning(session)
  await options.saveCheckpoint(await captureSnapshot(options, { state, progress }), details)
  Object.assign(saved, { step: progress.step, at: options.now() })
}

/** Takes in a step that has been done. */
export function countStep({ options, progress }: Session, samples: number): void {
  const { lossCycle } = options.phase
  const weights = lossCycle[progress.step % lossCycle.length]!
  weights.forEach((weight, exit) => {
    if (weight > 0) progress.running.samples[exit]! += samples
  })
  progress.step++
  progress.batch++
}

/** Takes in what was measured at a batch of the running epoch. */
export function countDominance({ progress }: Session, dominance: Dominance): void {
  progress.dominance = addDominance(progress.dominance, dominance)
}

/** Gradient dominance over the running epoch. */
export function epochDominance({ progress: { dominance, epoch } }: Session): EpochDominance | null {
  return dominance ? { epoch: epoch + 1, batches: dominance.batches, ...meanDominance(dominance) } : null
}

/** Reads the sums of the running epoch back. @throws ExitlabError `diverged` where one isn't finite. */
export async function readRunning(session: Session): Promise<void> {
  const { progress, state } = session
  Object.assign(progress.running, await readSums(state))
  checkFinite(session, progress.running.lossSums, 'training')
}

/** Ends the running epoch with the validation metrics of its exits; says whether an exit improved. */
export async function completeEpoch(session: Session, validation: ExitMetric[]): Promise<boolean> {
  const { options, progress, state, exits } = session
  const { phase, training, network } = options
  await readRunning(session)
  const losses = phase.lossCycle[0]!.map((_, exit) => validation.find((each) => each.exit === exit)?.loss ?? 0)
  checkFinite(session, losses, 'validation')
  const scores = phase.stopsOn.map(
    (exit) => validation.find((each) => each.exit === exit)![training.earlyStopping.metric],
  )
  Object.assign(progress, observeScores(progress, scores, training.earlyStopping))
  const improved = progress.epochsWithoutImprovement === 0
  progress.lastMetrics = [...trainingMetrics(progress.running, exits), ...validation]
  progress.epoch++
  progress.batch = 0
  progress.running = emptySums(network.exits.length)
  delete progress.dominance
  progress.pace = noPace
  if (improved || training.keep === 'last-epoch') progress.keptEpoch = progress.epoch
  clearSums(state)
  return improved
}

function checkFinite({ options, progress }: Session, losses: readonly number[], kind: string): void {
  const exit = losses.findIndex((loss) => !Number.isFinite(loss))
  if (exit < 0) return
  const { phase, trainingBatches } = options
  throw new ExitlabError(
    'diverged',
    `phase “${phase.name}”: the ${kind} loss of exit ${exit} is no longer a finite number in epoch ${progress.epoch + 1}, ` +
      `by batch ${progress.batch} of ${trainingBatches.batchesPerEpoch}; lower training.learningRate or set training.clipNorm`,
  )
}
