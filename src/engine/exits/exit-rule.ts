import type { z } from 'zod'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitOutputs, ExitPredictions, FittedNumbers } from '../../shared/evaluation/evaluation.ts'

interface ExitRuleInfo {
  title: string
  /** One sentence: when a sample leaves. */
  sentence: string
  /** Publication of the rule. */
  paper: string
}

/**
 * When a sample leaves a multi-exit network, as a score per exit and sample: at threshold t a sample leaves at the first
 * exit whose score is **strictly above** t, and at the final exit if none is (method 7.1). The final exit's own score is
 * never read.
 */
export type ExitRule = ClassRule | ValueRule

interface Rule {
  info: ExitRuleInfo
  /**
   * The score of one sample as a Python expression, for programs outside: `logits` is the list of its outputs, [classes] each, at the
   * exits up to this one, and `fitted` that of the numbers of these exits; NumPy is `np`, and there is `softmax`.
   */
  python: string
  /** Thresholds of the sweep, ascending: from leaving as early as possible to staying until the final exit. */
  thresholds(exitCount: number): Float64Array
  /** Where it has parameters: their schema, each a number with a default, and the rule with other values. */
  configurable?: { parameters: z.ZodObject; configure(parameters: Readonly<Record<string, number>>): ExitRule }
}

/** Reads classification. */
export interface ClassRule extends Rule {
  task?: undefined
  /**
   * Of a rule that is fitted (method 7.9): the numbers of one exit, from its outputs on all validation samples and its predictions as
   * trained. The same outputs must give the same numbers. Thresholds are chosen, and exported programs leave, with these numbers.
   */
  fit?(outputs: ExitOutputs, predictions: ExitPredictions): number[]
  /** Predictions that it reads, with the classes of the logits as they are. Default: as trained. */
  predictions?(outputs: ExitOutputs, fitted: FittedNumbers): ExitPredictions
  /** Scores [exits, samples], row-major, dimensionless. `predictions`: of `outputs`, those that it reads; `fitted`: what `fit` gave for each exit. */
  scores(outputs: ExitOutputs, predictions: ExitPredictions, fitted: FittedNumbers): Float64Array
}

/** Reads the predictions of a regression. */
interface ValueRule extends Rule {
  task: 'regression'
  /** As that of a classification. */
  fit?(outputs: ExitOutputs): number[]
  /** Scores [exits, samples], row-major, without unit. */
  scores(outputs: ExitOutputs, fitted: FittedNumbers): Float64Array
}

/** Thresholds of a rule. @throws ExitlabError `usage` where those of an extension's do not ascend, by which a curve is computed. */
export function thresholdsOf(rule: ExitRule, exitCount: number): Float64Array {
  const thresholds = rule.thresholds(exitCount)
  const wrong = thresholds.findIndex((each, index) => !(each >= (thresholds[index - 1] ?? -Infinity)))
  if (thresholds.length > 0 && wrong < 0) return thresholds
  const shown = wrong < 0 ? 'none' : [...thresholds.subarray(Math.max(0, wrong - 1), wrong + 1)].join(', then ')
  const expected = 'expected ascending numbers, from leaving as early as possible to staying until the final exit'
  throw new ExitlabError('usage', `The exit rule “${rule.info.title}” has the thresholds ${shown}; ${expected}.`)
}

/** The paper's sweep: `count` equally spaced thresholds from 0 to 1, both included (100 in the paper's code, method 7.1). */
export function unitThresholds(count = 100): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => i / (count - 1))
}
