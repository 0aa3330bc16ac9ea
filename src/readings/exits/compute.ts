import type { z } from 'zod'
import { calibrationOf } from '../../engine/evaluation/calibration.ts'
import { sharedOf, type ComparedSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { inUnit } from '../../shared/methods/metric.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { ReadingSources } from '../sources.ts'
import type { ExitRow, ExitsAnswer, exitsQuestion, SeriesExits } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  { quantity, ...asked }: z.output<typeof exitsQuestion>,
): Promise<ExitsAnswer> {
  if (quantity === 'metric') return exitsOf(await sources.results(asked))
  const answer: ExitsAnswer = []
  // One series after the other: outputs take much more memory than what is said of them.
  for (const group of groupRuns(await sources.runs(asked))) {
    const seeds = { runs: group.runs.map(({ id }) => id) }
    const asTrained = await sources.outputs(seeds)
    const { exits } = calibrationOf(asTrained, await sources.outputs({ ...seeds, rule: 'scaled-confidence' }))
    const errors = exits.map(({ error, scaled }) => ({ asTrained: error, scaled: scaled.error }))
    const series = seriesExits(group)
    const rows = series.exits.map((row, exit) => ({ ...row, calibrationError: errors[exit]! }))
    answer.push({ ...series, exits: rows })
  }
  return answer
}

/** The exits of each series; not of imported curves without exits. Throws `conflict` as `groupRuns` does. */
export function exitsOf(runs: readonly ComparedSummary[]): ExitsAnswer {
  const withExits = groupRuns(runs).filter((group) => group.runs[0]!.exitCosts.length > 0)
  return withExits.map(seriesExits)
}

function seriesExits(group: SeriesGroup<ComparedSummary>): SeriesExits {
  return {
    ...identityOf(group),
    ...sharedOf(group.runs),
    ...(group.runs[0]!.imported && { imported: group.runs[0]!.imported }),
    seeds: group.runs.map(({ seed }) => seed),
    exits: exitRows(group),
  }
}

/** Each exit's cost, primary metric alone and overthinking on the test set, the final exit last. */
export function exitRows({ runs }: Pick<SeriesGroup<ComparedSummary>, 'runs'>): ExitRow[] {
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
