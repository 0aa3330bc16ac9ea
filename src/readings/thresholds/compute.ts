import { costKeyOf } from '../../shared/evaluation/cost-kind.ts'
import type { z } from 'zod'
import { sweep } from '../../engine/evaluation/curve.ts'
import { sharedOf, type EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns } from '../../engine/evaluation/groups.ts'
import {
  binomialCdf,
  boundedInterval,
  exactInterval,
  guaranteedThreshold,
  hoeffdingBentkus,
  lossesOf,
  type Risk,
} from './compute/risk-control.ts'
import { exitRuleOf } from '../../engine/exits/index.ts'
import type { ScoredRun } from '../../engine/evaluation/scored-run.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { alternatives } from '../../shared/format/lists.ts'
import { inUnit, type Metric } from '../../shared/methods/metric.ts'
import { risksOf, type RiskKind } from '../../shared/statistics/risk.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric, taskInfoOf, type OfTask } from '../../shared/methods/task.ts'
import type { ReadingSources } from '../sources.ts'
import type {
  Choice,
  SeedChoice,
  SeriesThresholds,
  ThresholdTarget,
  ThresholdsAnswer,
  thresholdsQuestion,
} from './schema.ts'

type Question = z.output<typeof thresholdsQuestion>

export async function compute(sources: ReadingSources, question: Question): Promise<ThresholdsAnswer> {
  const { delta, bound, tolerated } = question
  const rule = sources.ruleOf(question)
  const isFitted = exitRuleOf(rule).rule.fit !== undefined
  const all = await sources.runs(question)
  const { task, readOn, testOpenedAt } = sharedOf(all)
  const risk = riskOf(question.risk, { task })
  const targets: ThresholdTarget[] = [
    ...(question.drops ?? (task ? [] : [1])).map((drop) => ({ kind: 'accuracy' as const, drop })),
    ...tolerated.map((each) => ({ kind: 'risk' as const, tolerated: each })),
  ]
  const series: SeriesThresholds[] = []
  // One series after the other: outputs take much more memory than what is said of them.
  for (const group of groupRuns(all)) {
    const { runs } = group
    const asked = { runs: runs.map(({ id }) => id), rule }
    const [validation, test] = [await sources.scored({ ...asked, split: 'validation' }), await sources.scored(asked)]
    const calibration = await sources.calibration(asked)
    const outputsOf = (i: number) => ({ validation: validation[i]!, test: test[i]!, calibration: calibration?.[i] })
    const seeds = runs.map((run, i) => splitsOf(run, { risk: { kind: risk, bound }, ...outputsOf(i) }))
    series.push({
      ...identityOf(group),
      ...costKeyOf(runs[0]!),
      tested: {
        on: calibration ? 'calibration' : 'validation',
        samples: seeds[0]!.tested.samples,
        ...(!calibration && isFitted && { fitted: true }),
      },
      seeds: runs.map(({ seed }) => seed),
      choices: targets.map((target) => choiceOf(seeds, { target, delta, risk, metric: primaryMetric({ task }) })),
    })
  }
  const bounded = risk === 'difference' ? { bound } : {}
  return { ...sharedOf([{ task, readOn, testOpenedAt }]), rule, risk, ...bounded, delta, series }
}

/** @throws ExitlabError `usage` for a risk of another task. */
function riskOf(asked: RiskKind | undefined, of: OfTask): RiskKind {
  const known = risksOf(of)
  if (asked === undefined || known.includes(asked)) return asked ?? known[0]
  const { title } = taskInfoOf(of)
  throw new ExitlabError(
    'usage',
    `The risk ${asked} is none of a ${title.toLowerCase()}: expected ${alternatives(known)}.`,
  )
}

/** Losses of a split at each threshold, ascending: the last is where nobody leaves early. */
interface Tested {
  samples: number
  losses: readonly number[]
}

interface SplitCurve extends Tested {
  /** The task's primary metric. */
  values: readonly number[]
  fractions: readonly number[]
}

interface Seed {
  seed: number
  exitCount: number
  thresholds: ArrayLike<number>
  validation: SplitCurve
  /** On which guarantees are tested. */
  tested: Tested
  test: SplitCurve
}

function splitsOf(
  run: EvaluationSummary,
  {
    risk,
    calibration,
    ...outputs
  }: { risk: Risk; validation: ScoredRun; test: ScoredRun; calibration: ScoredRun | undefined },
): Seed {
  const { thresholds } = run.validation.curve
  const testedOf = (split: ScoredRun): Tested => {
    const { scored } = split
    const { sampleCount: samples } = scored
    const means = sweep({ ...scored, values: lossesOf(split, risk) }, thresholds, run.exitCosts).values
    // Running sums leave some 10⁻¹⁴ behind.
    const digits = risk.kind === 'difference' ? 9 : 0
    const sums = means.map((mean) => Number((mean * samples).toFixed(digits)))
    // At the final exit there are none.
    return { samples, losses: [...sums, 0] }
  }
  const curveOf = (split: 'validation' | 'test'): SplitCurve => {
    const { curve, exitValues } = run[split]
    return {
      ...testedOf(outputs[split]),
      values: [...curve.values, exitValues.at(-1)!],
      fractions: [...curve.costs, run.exitCosts.at(-1)!].map((cost) => cost / run.backboneCost),
    }
  }
  const [validation, test] = [curveOf('validation'), curveOf('test')]
  const tested = calibration ? testedOf(calibration) : validation
  return { seed: run.seed, exitCount: run.exitCosts.length, thresholds, validation, tested, test }
}

interface AskedChoice {
  target: ThresholdTarget
  delta: number
  risk: RiskKind
  metric: Metric
}

function choiceOf(seeds: readonly Seed[], asked: AskedChoice): Choice {
  const chosen = seeds.map((seed) => seedChoice(seed, asked))
  const over = (of: (choice: SeedChoice) => number) => meanStd(chosen.map((each) => 100 * of(each)))
  return {
    target: asked.target,
    cost: over(({ fraction }) => fraction),
    value: meanStd(chosen.map(({ value }) => inUnit(asked.metric, value))),
    testRisk: over(({ testRisk }) => testRisk),
    seeds: chosen,
  }
}

function seedChoice(
  { seed, exitCount, thresholds, validation, tested, test }: Seed,
  { target, delta, risk, metric }: AskedChoice,
): SeedChoice {
  const [pOf, intervalOf] =
    risk === 'difference' ? ([hoeffdingBentkus, boundedInterval] as const) : ([binomialCdf, exactInterval] as const)
  const found =
    target.kind === 'accuracy'
      ? { index: cheapestWithin(validation, { drop: target.drop, metric }), p: null }
      : guaranteedThreshold(tested.losses.slice(0, -1), {
          samples: tested.samples,
          tolerated: target.tolerated,
          delta,
          test: pOf,
        })
  // A network of one exit does what is asked for with any threshold: it differs from its final exit in nothing.
  const { index, p } = exitCount === 1 ? { index: 0, p: found.p && 0 } : found
  const at = index ?? thresholds.length
  const chosenOn = target.kind === 'accuracy' ? validation : tested
  return {
    seed,
    threshold: thresholds[at] ?? null,
    p,
    risk: chosenOn.losses[at]! / chosenOn.samples,
    testRisk: test.losses[at]! / test.samples,
    testInterval: intervalOf(test.losses[at]!, test.samples),
    fraction: test.fractions[at]!,
    value: test.values[at]!,
  }
}

/** The cheapest place whose metric is at most `drop` worse than that of the final exit. */
function cheapestWithin({ values, fractions }: SplitCurve, { drop, metric }: { drop: number; metric: Metric }): number {
  const last = values.length - 1
  const worse = (place: number) =>
    metric.higherIsBetter ? values[last]! - values[place]! : values[place]! - values[last]!
  // Rounding decides nothing: one sample changes an accuracy by much more.
  const most = drop / inUnit(metric, 1) + 1e-12
  const good = Array.from({ length: last + 1 }, (_, place) => place).filter((place) => worse(place) <= most)
  return good.reduce((best, place) => (fractions[place]! < fractions[best]! ? place : best), last)
}
