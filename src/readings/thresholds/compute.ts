import { costKeyOf } from '../../shared/cost-kind.ts'
import type { z } from 'zod'
import { sweep } from '../../main/engine/evaluation/curve.ts'
import { sharedOf, type EvaluationSummary } from '../../main/engine/evaluation/evaluation-summary.ts'
import { groupRuns } from '../../main/engine/evaluation/groups.ts'
import { exactInterval, guaranteedThreshold, lossesOf } from './compute/risk-control.ts'
import { exitRuleOf } from '../../main/engine/exits/index.ts'
import type { ClassifiedRun } from '../../main/engine/evaluation/scored-run.ts'
import type { RiskKind } from '../../shared/risk.ts'
import { identityOf } from '../../shared/series-identity.ts'
import { meanStd } from '../../shared/statistics.ts'
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
  const { risk, delta, drops, tolerated } = question
  const rule = sources.ruleOf(question)
  const isFitted = exitRuleOf(rule).rule.fit !== undefined
  const targets: ThresholdTarget[] = [
    ...drops.map((drop) => ({ kind: 'accuracy' as const, drop })),
    ...tolerated.map((each) => ({ kind: 'risk' as const, tolerated: each })),
  ]
  const all = await sources.runs(question)
  const { readOn, testOpenedAt } = sharedOf(all)
  const series: SeriesThresholds[] = []
  // One series after the other: outputs take much more memory than what is said of them.
  for (const group of groupRuns(all)) {
    const { runs } = group
    const asked = { runs: runs.map(({ id }) => id), rule }
    const [validation, test] = [await sources.outputs({ ...asked, split: 'validation' }), await sources.outputs(asked)]
    const calibration = await sources.calibration(asked)
    const outputsOf = (i: number) => ({ validation: validation[i]!, test: test[i]!, calibration: calibration?.[i] })
    const seeds = runs.map((run, i) => splitsOf(run, { risk, ...outputsOf(i) }))
    series.push({
      ...identityOf(group),
      ...costKeyOf(runs[0]!),
      tested: {
        on: calibration ? 'calibration' : 'validation',
        samples: seeds[0]!.tested.samples,
        ...(!calibration && isFitted && { fitted: true }),
      },
      seeds: runs.map(({ seed }) => seed),
      choices: targets.map((target) => choiceOf(seeds, { target, delta })),
    })
  }
  return { ...sharedOf([{ readOn, testOpenedAt }]), rule, risk, delta, series }
}

/** Losses of a split at each threshold, ascending: the last is where nobody leaves early. */
interface Tested {
  samples: number
  losses: readonly number[]
}

interface SplitCurve extends Tested {
  accuracies: readonly number[]
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
  }: { risk: RiskKind; validation: ClassifiedRun; test: ClassifiedRun; calibration: ClassifiedRun | undefined },
): Seed {
  const { thresholds } = run.validation.curve
  const testedOf = (split: ClassifiedRun): Tested => {
    const { scored } = split
    const shares = sweep({ ...scored, values: lossesOf(split, risk) }, thresholds, run.exitCosts).values
    // At the final exit there are none.
    return {
      samples: scored.sampleCount,
      losses: [...shares.map((share) => Math.round(share * scored.sampleCount)), 0],
    }
  }
  const curveOf = (split: 'validation' | 'test'): SplitCurve => {
    const { curve, exitValues } = run[split]
    return {
      ...testedOf(outputs[split]),
      accuracies: [...curve.values, exitValues.at(-1)!],
      fractions: [...curve.costs, run.exitCosts.at(-1)!].map((cost) => cost / run.backboneCost),
    }
  }
  const [validation, test] = [curveOf('validation'), curveOf('test')]
  const tested = calibration ? testedOf(calibration) : validation
  return { seed: run.seed, exitCount: run.exitCosts.length, thresholds, validation, tested, test }
}

function choiceOf(seeds: readonly Seed[], asked: { target: ThresholdTarget; delta: number }): Choice {
  const chosen = seeds.map((seed) => seedChoice(seed, asked))
  const over = (of: (choice: SeedChoice) => number) => meanStd(chosen.map((each) => 100 * of(each)))
  return {
    target: asked.target,
    cost: over(({ fraction }) => fraction),
    accuracy: over(({ accuracy }) => accuracy),
    testRisk: over(({ testRisk }) => testRisk),
    seeds: chosen,
  }
}

function seedChoice(
  { seed, exitCount, thresholds, validation, tested, test }: Seed,
  { target, delta }: { target: ThresholdTarget; delta: number },
): SeedChoice {
  const found =
    target.kind === 'accuracy'
      ? { index: cheapestWithin(validation, target.drop), p: null }
      : guaranteedThreshold(tested.losses.slice(0, -1), {
          samples: tested.samples,
          tolerated: target.tolerated,
          delta,
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
    testInterval: exactInterval(test.losses[at]!, test.samples),
    fraction: test.fractions[at]!,
    accuracy: test.accuracies[at]!,
  }
}

/** The cheapest place whose accuracy is at most `drop` points below that of the final exit. */
function cheapestWithin({ accuracies, fractions, samples }: SplitCurve, drop: number): number {
  const last = accuracies.length - 1
  // Counts of samples, so that rounding decides nothing.
  const countAt = (place: number) => Math.round(accuracies[place]! * samples)
  const least = countAt(last) - (drop / 100) * samples - 1e-9
  const good = Array.from({ length: last + 1 }, (_, place) => place).filter((place) => countAt(place) >= least)
  return good.reduce((best, place) => (fractions[place]! < fractions[best]! ? place : best), last)
}
