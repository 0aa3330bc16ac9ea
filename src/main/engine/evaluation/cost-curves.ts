import type { CostCurveData, CostCurveSeries, CostPoint } from '../../../shared/figures/cost-curve-data.ts'
import type { EvaluationSummary } from './evaluation-summary.ts'
import { groupRuns } from './groups.ts'
import type { RegimeGroup } from './groups.ts'
import { mean, meanStd } from '../../../shared/statistics.ts'

/**
 * What the accuracy–cost figure draws (method 7.6), from the test set: the threshold curve averaged over seeds at each
 * threshold, each exit alone, and the bare backbone, which is the final exit of `disjoint` (its backbone is trained alone
 * and frozen; null without such a run, or with several experiments).
 */
export function costCurves(runs: readonly EvaluationSummary[], budgets: readonly (number | null)[]): CostCurveData {
  const groups = groupRuns(runs)
  const experiments = [...new Set(groups.map((group) => group.experiment))]
  const alone = experiments.length === 1
  const disjoint = groups.find((group) => group.regime === 'disjoint')
  return {
    series: groups.map((group) => seriesOf(group, alone ? group.regime : `${group.regime}, ${group.experiment}`)),
    backbone: alone && disjoint ? meanStd(disjoint.runs.map((run) => 100 * run.test.exitAccuracies.at(-1)!)) : null,
    backboneMacs: only(runs.map((run) => run.backboneMacs)),
    budgets: budgets.filter((budget) => budget !== null),
    note: noteOf(runs, alone ? experiments : []),
  }
}

function seriesOf({ experiment, regime, runs }: RegimeGroup<EvaluationSummary>, name: string): CostCurveSeries {
  const { backboneMacs, exitMacs } = runs[0]!
  const at = (macs: number, accuracies: number[]): CostPoint => ({ cost: macs / backboneMacs, ...meanStd(accuracies) })
  const curves = runs.map((run) => run.test.curve)
  return {
    experiment,
    regime,
    name,
    seedCount: runs.length,
    curve: Array.from(curves[0]!.thresholds, (_, t) =>
      at(
        mean(curves.map(({ macs }) => macs[t]!)),
        curves.map(({ accuracies }) => 100 * accuracies[t]!),
      ),
    ),
    exits: exitMacs.map((macs, exit) =>
      at(
        macs,
        runs.map((run) => 100 * run.test.exitAccuracies[exit]!),
      ),
    ),
  }
}

/** "mnist · 10,000 test images · confidence rule · 3 seeds" */
function noteOf(runs: readonly EvaluationSummary[], experiments: readonly string[]): string {
  const samples = only(runs.map((run) => run.test.sampleCount))
  const seeds = only(groupRuns(runs).map((group) => group.runs.length))
  return [
    ...experiments,
    samples === null ? 'test set' : `${samples.toLocaleString('en-US')} test images`,
    `${runs[0]!.rule} rule`,
    ...(seeds === null ? [] : [seeds === 1 ? '1 seed' : `${seeds} seeds`]),
  ].join(' · ')
}

/** The value that all share; null where they differ. */
function only(values: readonly number[]): number | null {
  return values.every((value) => value === values[0]) ? values[0]! : null
}
