import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitOutputs, ExitPredictions, FittedNumbers } from '../../shared/evaluation/evaluation.ts'
import type { ExitRule } from '../exits/exit-rule.ts'
import { checkSizes, notFinite, predict } from '../exits/predictions.ts'

/** Input of an exit rule for one split, computed once for any thresholds. Arrays are [exits, samples], row-major. */
export interface ScoredExits {
  exitCount: number
  sampleCount: number
  /** Score of the rule; a sample leaves at the first exit whose score is strictly above the threshold. */
  scores: Float64Array
  /** The task's primary metric of each sample alone, whose mean it is: of classification `correct`, of a regression the squared error. */
  values: SampleValues
  /** 1 where the exit predicts the label, else 0; null for a regression. */
  correct: Uint8Array | null
  /** Of a regression: the value that the exit predicts. */
  predicted?: Float64Array
}

export type SampleValues = Uint8Array | Float64Array

/** What a rule reads beside outputs. */
interface RuleInput {
  /** Numbers of a rule that is fitted. */
  fitted?: FittedNumbers
  /** Predictions of the outputs that the rule reads; default: made here. */
  predictions?: ExitPredictions | null
}

/** Scores every exit on every sample by `rule`, which reads the task of the outputs. Throws `data` for outputs that are not finite. */
export function scoreExits(
  rule: ExitRule,
  outputs: ExitOutputs,
  { fitted = [], predictions = predictionsOf(rule, outputs, fitted) }: RuleInput = {},
): ScoredExits {
  const { exitCount, sampleCount } = outputs
  if (rule.task === 'regression') {
    const values = squaredErrors(outputs)
    const scores = whole(rule, outputs, rule.scores(outputs, fitted))
    return { exitCount, sampleCount, scores, values, correct: null, predicted: Float64Array.from(outputs.logits) }
  }
  const correct = correctness(predictions!)
  const scores = whole(rule, outputs, rule.scores(outputs, predictions!, fitted))
  return { exitCount, sampleCount, scores, values: correct, correct }
}

/** @throws ExitlabError `usage` where a rule of an extension scores something else than every exit and sample. */
function whole({ info }: ExitRule, { exitCount, sampleCount }: ExitOutputs, scores: Float64Array): Float64Array {
  if (scores.length === exitCount * sampleCount) return scores
  const expected = `one for each of ${exitCount} exits and ${sampleCount} samples`
  throw new ExitlabError('usage', `The exit rule “${info.title}” gives ${scores.length} scores; expected ${expected}.`)
}

/** Predictions that a rule reads; null for a regression. Throws `data` for outputs that are not finite. */
export function predictionsOf(rule: ExitRule, outputs: ExitOutputs, fitted: FittedNumbers): ExitPredictions | null {
  if (rule.task === 'regression') return null
  return rule.predictions ? rule.predictions(outputs, fitted) : predict(outputs)
}

/** (prediction − value)² of every exit and sample: [exits, samples]. Throws `data` where a prediction is not finite. */
function squaredErrors(outputs: ExitOutputs): Float64Array {
  const { sampleCount, logits, targets } = outputs
  checkSizes(outputs)
  return Float64Array.from(logits, (prediction, at) => {
    const sample = at % sampleCount
    if (!Number.isFinite(prediction)) throw notFinite(outputs, Math.floor(at / sampleCount), sample)
    return (prediction - targets[sample]!) ** 2
  })
}

/** 1 where an exit's class is the sample's label, else 0: [exits, samples]. */
function correctness({ sampleCount, classes, labels }: ExitPredictions): Uint8Array {
  const correct = new Uint8Array(classes.length)
  for (let i = 0; i < correct.length; i++) correct[i] = classes[i] === labels[i % sampleCount] ? 1 : 0
  return correct
}

/**
 * Exit at which each sample leaves, [samples]: the first whose score is strictly above its threshold, else the final one.
 * `thresholds` is one number for all exits, or one for each exit but the final.
 */
export function leavingExits(scored: ScoredExits, thresholds: number | ArrayLike<number>): Int32Array {
  const { exitCount, sampleCount, scores } = scored
  const leaves = new Int32Array(sampleCount).fill(exitCount - 1)
  for (let exit = exitCount - 2; exit >= 0; exit--) {
    const threshold = typeof thresholds === 'number' ? thresholds : thresholds[exit]!
    const base = exit * sampleCount
    for (let sample = 0; sample < sampleCount; sample++) if (scores[base + sample]! > threshold) leaves[sample] = exit
  }
  return leaves
}

/** Whether an exit before the given one predicts the label of a sample; `exit` may be the number of exits, to ask about all. */
export function rightBefore(
  { correct, sampleCount }: { correct: Uint8Array; sampleCount: number },
  exit: number,
  sample: number,
): boolean {
  for (let earlier = 0; earlier < exit; earlier++) if (correct[earlier * sampleCount + sample]) return true
  return false
}
