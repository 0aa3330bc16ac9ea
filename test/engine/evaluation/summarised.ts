import { summariseEvaluation, type RunIdentity } from '../../../src/engine/evaluation/evaluation-summary.ts'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import { sourceOf } from '../../support/outputs-source.ts'

/** A run with its outputs in memory. */
export interface RunInMemory extends RunIdentity {
  validation: ExitOutputs
  test: ExitOutputs
}

/** Summaries of runs under a rule. */
export const summarised = (runs: readonly RunInMemory[], rule: string) =>
  Promise.all(runs.map((run) => summary(run, rule)))

/** Summary of a run under a rule. */
export const summary = ({ validation, test, ...run }: RunInMemory, rule: string) =>
  summariseEvaluation({ ...run, validation: sourceOf(validation), test: sourceOf(test) }, rule)
