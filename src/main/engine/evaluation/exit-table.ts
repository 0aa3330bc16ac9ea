import type { ExitRow, ExitTables } from '../../../shared/exit-table.ts'
import type { EvaluationSummary } from './evaluation-summary.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { meanStd } from '../../../shared/statistics.ts'

/** The exits of each experiment and regime. Throws `conflict` as `groupRuns` does. */
export function exitTables(runs: readonly EvaluationSummary[]): ExitTables {
  return groupRuns(runs).map((group) => ({
    experiment: group.experiment,
    regime: group.regime,
    series: group.series,
    look: group.look,
    seeds: group.runs.map(({ seed }) => seed),
    exits: exitTable(group),
  }))
}

/** Each exit's cost, accuracy alone and overthinking on the test set, the final exit last. */
export function exitTable({ runs }: SeriesGroup<EvaluationSummary>): ExitRow[] {
  const { exitMacs, exitBlocks, backboneMacs } = runs[0]!
  return exitMacs.map((macs, exit) => ({
    exit,
    block: exitBlocks[exit]!,
    macs,
    fraction: macs / backboneMacs,
    accuracy: meanStd(runs.map((run) => 100 * run.test.exitAccuracies[exit]!)),
    overthinking: meanStd(runs.map((run) => 100 * run.test.overthinking[exit]!)),
  }))
}
