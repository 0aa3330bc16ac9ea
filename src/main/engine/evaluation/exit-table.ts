import type { MeanStd } from '../../../shared/evaluation.ts'
import type { RegimeGroup } from './groups.ts'
import type { EvaluationSummary } from './evaluation-summary.ts'
import { meanStd } from '../../../shared/statistics.ts'

/** One exit of a regime, over seeds, on the test set. */
export interface ExitRow {
  exit: number
  /** Cumulative cost in multiply-adds, and as a fraction of the backbone's. */
  macs: number
  fraction: number
  /** Accuracy of this exit alone, in %. */
  accuracy: MeanStd
  /** Samples that an earlier exit gets right and this one wrong, in %. */
  overthinking: MeanStd
}

/** Each exit's cost, accuracy alone and overthinking on the test set, the final exit last. */
export function exitTable({ runs }: RegimeGroup<EvaluationSummary>): ExitRow[] {
  const { exitMacs, backboneMacs } = runs[0]!
  return exitMacs.map((macs, exit) => ({
    exit,
    macs,
    fraction: macs / backboneMacs,
    accuracy: meanStd(runs.map((run) => 100 * run.test.exitAccuracies[exit]!)),
    overthinking: meanStd(runs.map((run) => 100 * run.test.overthinking[exit]!)),
  }))
}
