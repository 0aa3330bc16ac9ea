import type { ExitPredictions, FittedNumbers } from '../../shared/evaluation/evaluation.ts'
import type { RunIdentity } from './evaluation-summary.ts'
import type { ScoredSplit } from './whole-split.ts'

/** One split of a run under one rule: scores and predictions of every exit. */
export interface ScoredRun extends ScoredSplit {
  identity: RunIdentity
  /** Numbers of the rule, from validation samples. */
  fitted: FittedNumbers
}

/** A run of classification. */
export interface ClassifiedRun extends ScoredRun {
  predictions: ExitPredictions
}
