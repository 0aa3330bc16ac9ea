import { sharedOf } from '../../../engine/evaluation/evaluation-summary.ts'
import type { ScoredRun } from '../../../engine/evaluation/scored-run.ts'
import type { MeanStd } from '../../../shared/evaluation/evaluation.ts'
import { inUnit, type Metric } from '../../../shared/methods/metric.ts'
import { meanStd } from '../../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { WhatIfAnswer } from '../schema.ts'
import { whatIf, type WhatIf } from './what-if.ts'

/** Applies thresholds to the seeds of one regime: what-if of each, and their means. The task's primary metric in its unit, shares in %. */
export function whatIfOverSeeds(
  runs: readonly [ScoredRun, ...ScoredRun[]],
  /** One for all exits, or one for each exit but the final. */
  thresholds: number | readonly number[],
): WhatIfAnswer {
  const answers = runs.map(({ identity, scored }) => whatIf(scored, thresholds, identity.exitCosts))
  const over = (value: (answer: WhatIf, run: ScoredRun) => number) =>
    meanStd(answers.map((answer, i) => value(answer, runs[i]!)))
  const [first] = runs
  const { task, exitCosts, exitBlocks, backboneCost } = first.identity
  const metric = primaryMetric({ task })
  return {
    ...sharedOf([first.identity]),
    runs: runs.map(({ identity }) => identity.id),
    value: over(({ value }) => inUnit(metric, value)),
    cost: over(({ cost }) => cost),
    backboneCost,
    exits: exitCosts.map((cost, exit) => ({
      exit,
      block: exitBlocks[exit]!,
      fraction: cost / backboneCost,
      leaving: over(({ leaving }, { scored }) => (100 * leaving[exit]!) / scored.sampleCount),
      value: valueOfLeaving(answers, exit, metric),
    })),
    lost: task ? null : over(({ lost }, { scored }) => (100 * lost!) / scored.sampleCount),
  }
}

function valueOfLeaving(answers: readonly WhatIf[], exit: number, metric: Metric): MeanStd | null {
  if (answers.some(({ leaving }) => leaving[exit] === 0)) return null
  return meanStd(answers.map(({ leaving, valuesLeaving }) => inUnit(metric, valuesLeaving[exit]!) / leaving[exit]!))
}
