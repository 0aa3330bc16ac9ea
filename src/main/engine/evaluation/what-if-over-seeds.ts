import type { ExitPredictions, FittedNumbers, MeanStd } from '../../../shared/evaluation.ts'
import type { WhatIfAnswer } from '../../../shared/what-if.ts'
import { sharedOf, type RunIdentity } from './evaluation-summary.ts'
import { inUnit, type Metric } from '../../../shared/metric.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { meanStd } from '../../../shared/statistics.ts'
import { whatIf } from './what-if.ts'
import type { WhatIf } from './what-if.ts'
import type { ScoredSplit } from './whole-split.ts'

/** One split of a run under one rule: scores and predictions of every exit. */
export interface ScoredRun extends ScoredSplit {
  identity: RunIdentity
  /** Numbers of the rule, from validation samples. */
  fitted: FittedNumbers
}

/** A run of classification. */
export interface ClassifiedRun extends ScoredRun {
  predictions: ExitPredictions
}

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
    ...sharedOf(first.identity),
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
