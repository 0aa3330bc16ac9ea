import { type OfCost, costKeyOf } from '../../shared/evaluation/cost-kind.ts'
import type { Curve, FittedNumbers } from '../../shared/evaluation/evaluation.ts'
import type { OutputsSource } from '../../shared/evaluation/outputs-source.ts'
import type { MaybeImported } from '../../shared/runs/imported.ts'
import { openedIn, type ReadOn } from '../../shared/evaluation/read-on.ts'
import type { SweptSettings } from '../../shared/experiment/series.ts'
import type { SeriesIdentity } from '../../shared/experiment/series-identity.ts'
import type { OfTask } from '../../shared/methods/task.ts'
import { fitRule } from './fit-rule.ts'
import { ruleOfTask } from '../exits/index.ts'
import { sweep } from './curve.ts'
import { exitValues, overthinking } from './exit-quality.ts'
import { scoreSplit } from './whole-split.ts'
import { thresholdsOf, type ExitRule } from '../exits/exit-rule.ts'

/** Which run something was measured on, and what its exits cost. */
export interface RunIdentity extends Omit<SeriesIdentity<string>, 'look'>, OfTask, OfCost, ReadOn {
  id: string
  /** Place of its series in the palette among all that are compared; null: it looks like its regime. Default: its place among those that it is grouped with. */
  look?: number | null
  /** Values of the swept settings of its series. Default: none. */
  settings?: SweptSettings
  seed: number
  /** Cumulative multiply-adds up to each exit, heads before it included; the final exit last. Milliseconds where `latency` says on which machine, here and in every cost that follows from it. */
  exitCosts: readonly number[]
  /** Block after which each exit sits; null for the final classifier. */
  exitBlocks: readonly (number | null)[]
  /** Of the bare backbone with its classifier. */
  backboneCost: number
  /** The final exit is the bare backbone, which was trained alone and then frozen. Default: it is not. */
  isBareBackbone?: true
}

interface EvaluatedRun extends RunIdentity {
  validation: OutputsSource
  test: OutputsSource
}

/** One split under one rule. */
export interface SplitSummary {
  sampleCount: number
  curve: Curve
  /** The task's primary metric of each exit alone. */
  exitValues: number[]
  /** Share of samples (0…1) that an earlier exit gets right and this one wrong, per exit; null for a regression. */
  overthinking: number[] | null
}

/** All of a run that comparing needs: a few kilobytes instead of its logits. */
export interface EvaluationSummary extends RunIdentity {
  /** Name of the exit rule. */
  rule: string
  validation: SplitSummary
  test: SplitSummary
}

/** What is compared: a run, or a result of another program, whose regime and blocks may not be known. */
export interface ComparedSummary extends Omit<EvaluationSummary, 'regime' | 'exitBlocks'>, MaybeImported {
  regime: string | null
  /** undefined: not known. */
  exitBlocks: readonly (number | null | undefined)[]
}

/** What results say of the runs that they are of; of several experiments, one may be a sweep whose test values were opened. */
export function sharedOf(runs: readonly (OfTask & OfCost & ReadOn)[]): OfTask & OfCost & ReadOn {
  const [first = {}] = runs
  const { task, readOn } = first
  const { testOpenedAt } = openedIn(runs)
  return {
    ...(task && { task }),
    ...costKeyOf(first),
    ...(readOn && { readOn }),
    ...(testOpenedAt !== undefined && { testOpenedAt }),
  }
}

/** Raised whenever the same outputs give another summary: stored ones are then no longer used. */
export const summaryRevision = 1

/** Summary of a run under a rule. Throws `usage` for an unknown rule or one of another task, `data` for outputs that are not finite. */
export async function summariseEvaluation(run: EvaluatedRun, ruleName: string): Promise<EvaluationSummary> {
  const rule = ruleOfTask(run, ruleName)
  const { validation, test, ...identity } = run
  const reading = { rule, fitted: await fitRule(rule, validation), exitCosts: run.exitCosts }
  return {
    ...identity,
    rule: ruleName,
    validation: await summariseSplit(validation, reading),
    test: await summariseSplit(test, reading),
  }
}

interface SplitScoring extends Pick<RunIdentity, 'exitCosts'> {
  rule: ExitRule
  fitted: FittedNumbers
}

async function summariseSplit(
  outputs: OutputsSource,
  { rule, fitted, exitCosts }: SplitScoring,
): Promise<SplitSummary> {
  const { scored } = await scoreSplit(rule, outputs, fitted)
  const { exitCount, sampleCount, values, correct } = scored
  return {
    sampleCount,
    curve: sweep(scored, thresholdsOf(rule, exitCount), exitCosts),
    exitValues: exitValues(values, sampleCount),
    overthinking: correct && overthinking(correct, sampleCount),
  }
}
