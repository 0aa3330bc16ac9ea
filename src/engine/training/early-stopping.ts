import type { Metric } from '../../shared/methods/metric.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'
import type { Task } from '../tasks/index.ts'

/** By how much a score must improve, and the direction of the metric that scores are of. */
type Rule = Pick<TrainingSpec['earlyStopping'], 'delta'> & Pick<Metric, 'higherIsBetter'>

/** Name of the metric that a phase stops on: the requested one, or the loss if the task does not have it. */
export function stoppingMetric({ info }: Pick<Task, 'info'>, { earlyStopping: { metric } }: TrainingSpec): string {
  return metric in info.metrics ? metric : info.loss
}

/** State of early stopping between epochs. */
interface StoppingState {
  /** Best score of each exit that the phase stops on; null before the first epoch. */
  best: (number | null)[]
  epochsWithoutImprovement: number
}

/** Before the first epoch, for a phase that stops on this many exits. */
export function startStopping(exitCount: number): StoppingState {
  return { best: Array.from({ length: exitCount }, () => null), epochsWithoutImprovement: 0 }
}

/**
 * Takes in the scores of one epoch, of the exits that the phase stops on. The paper's rule: one counter of epochs in which
 * no exit improved its own best score by more than `delta`; a tie is no improvement (method 4.4). NaN never improves.
 */
export function observeScores(state: StoppingState, scores: readonly number[], rule: Rule): StoppingState {
  const better = state.best.map((best, exit) => improves(scores[exit]!, best, rule))
  return {
    best: state.best.map((best, exit) => (better[exit] ? scores[exit]! : best)),
    epochsWithoutImprovement: better.some(Boolean) ? 0 : state.epochsWithoutImprovement + 1,
  }
}

/** Whether the phase is to end. */
export function hasStopped(
  state: StoppingState,
  { patience }: Pick<TrainingSpec['earlyStopping'], 'patience'>,
): boolean {
  return patience !== null && state.epochsWithoutImprovement >= patience
}

function improves(score: number, best: number | null, { higherIsBetter, delta }: Rule): boolean {
  if (best === null) return !Number.isNaN(score)
  return higherIsBetter ? score > best + delta : score < best - delta
}
