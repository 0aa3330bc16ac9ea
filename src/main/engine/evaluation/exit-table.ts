import type { ExitRow, ExitTables } from '../../../shared/exit-table.ts'
import { sharedOf, type EvaluationSummary } from './evaluation-summary.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { inUnit } from '../../../shared/metric.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { meanStd } from '../../../shared/statistics.ts'

/** The exits of each experiment and regime. Throws `conflict` as `groupRuns` does. */
export function exitTables(runs: readonly EvaluationSummary[]): ExitTables {
  return groupRuns(runs).map((group) => ({
    experiment: group.experiment,
    regime: group.regime,
    series: group.series,
    look: group.look,
    ...sharedOf(group.runs[0]),
    seeds: group.runs.map(({ seed }) => seed),
    exits: exitTable(group),
  }))
}

/** Each exit's cost, primary metric alone and overthinking on the test set, the final exit last. */
export function exitTable({ runs }: SeriesGroup<EvaluationSummary>): ExitRow[] {
  const { exitCosts, exitBlocks, backboneCost, task } = runs[0]!
  return exitCosts.map((cost, exit) => ({
    exit,
    block: exitBlocks[exit]!,
    cost,
    fraction: cost / backboneCost,
    value: meanStd(runs.map((run) => inUnit(primaryMetric(run), run.test.exitValues[exit]!))),
    overthinking: task ? null : meanStd(runs.map((run) => 100 * run.test.overthinking![exit]!)),
  }))
}
