import type { ExitRow, ExitTables } from '../../../shared/exit-table.ts'
import { sharedOf, type ComparedSummary } from './evaluation-summary.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { inUnit } from '../../../shared/metric.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { meanStd } from '../../../shared/statistics.ts'

/** The exits of each experiment and regime; not of imported curves without exits. Throws `conflict` as `groupRuns` does. */
export function exitTables(runs: readonly ComparedSummary[]): ExitTables {
  const withExits = groupRuns(runs).filter((group) => group.runs[0]!.exitCosts.length > 0)
  return withExits.map((group) => ({
    experiment: group.experiment,
    regime: group.regime,
    series: group.series,
    look: group.look,
    ...sharedOf(group.runs[0]),
    ...(group.runs[0]!.imported && { imported: group.runs[0]!.imported }),
    seeds: group.runs.map(({ seed }) => seed),
    exits: exitTable(group),
  }))
}

/** Each exit's cost, primary metric alone and overthinking on the test set, the final exit last. */
export function exitTable({ runs }: Pick<SeriesGroup<ComparedSummary>, 'runs'>): ExitRow[] {
  const { exitCosts, exitBlocks, backboneCost, task, imported } = runs[0]!
  return exitCosts.map((cost, exit) => ({
    exit,
    block: exitBlocks[exit],
    cost: imported?.sharesOnly ? null : cost,
    fraction: cost / backboneCost,
    value: meanStd(runs.map((run) => inUnit(primaryMetric(run), run.test.exitValues[exit]!))),
    overthinking: task || imported ? null : meanStd(runs.map((run) => 100 * run.test.overthinking![exit]!)),
  }))
}
