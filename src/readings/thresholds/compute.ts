import type { z } from 'zod'
import { sweep } from '../../main/engine/evaluation/curve.ts'
import type { EvaluationSummary } from '../../main/engine/evaluation/evaluation-summary.ts'
import { groupRuns } from '../../main/engine/evaluation/groups.ts'
import {
  exactInterval,
  guaranteedThreshold,
  lossesOf,
  type RiskKind,
} from '../../main/engine/evaluation/risk-control.ts'
import type { ClassifiedRun } from '../../main/engine/evaluation/what-if-over-seeds.ts'
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
  const targets: ThresholdTarget[] = [
    ...drops.map((drop) => ({ kind: 'accuracy' as const, drop })),
    ...tolerated.map((each) => ({ kind: 'risk' as const, tolerated: each })),
  ]
  const groups = groupRuns(await sources.runs(question))
  const series: SeriesThresholds[] = []
  // One series after the other: outputs take much more memory than what is said of them.
  for (const { experiment, regime, series: name, look, runs } of groups) {
    const asked = { runs: runs.map(({ id }) => id), rule }
    const [validation, test] = [
      await sources.outputs({ ...asked, split: 'validation' }),
      await sources.outputs({ ...asked, split: 'test' }),
    ]
    const seeds = runs.map((run, i) => splitsOf(run, { risk, validation: validation[i]!, test: test[i]! }))
    const { latency } = runs[0]!
    series.push({
      ...{ experiment, regime, series: name, look, latency },
      seeds: runs.map(({ seed }) => seed),
      choices: targets.map((target) => choiceOf(seeds, { target, delta })),
    })
  }
  return { rule, risk, delta, samples: groups[0]!.runs[0]!.validation.sampleCount, series }
}

/** A split at each threshold, ascending: the last is where nobody leaves early. */
interface SplitCurve {
  samples: number
  accuracies: readonly number[]
  fractions: readonly number[]
  losses: readonly number[]
}

interface Seed {
  seed: number
  thresholds: ArrayLike<number>
  validation: SplitCurve
  test: SplitCurve
}

function splitsOf(
  run: EvaluationSummary,
  { risk, ...outputs }: { risk: RiskKind; validation: ClassifiedRun; test: ClassifiedRun },
): Seed {
  const curveOf = (split: 'validation' | 'test'): SplitCurve => {
    const { sampleCount, curve, exitValues } = run[split]
    const losses = lossesOf(outputs[split], risk)
    const shares = sweep({ ...outputs[split].scored, values: losses }, curve.thresholds, run.exitCosts).values
    return {
      samples: sampleCount,
      accuracies: [...curve.values, exitValues.at(-1)!],
      fractions: [...curve.costs, run.exitCosts.at(-1)!].map((cost) => cost / run.backboneCost),
      // At the final exit there are none.
      losses: [...shares.map((share) => Math.round(share * sampleCount)), 0],
    }
  }
  const { thresholds } = run.validation.curve
  return { seed: run.seed, thresholds, validation: curveOf('validation'), test: curveOf('test') }
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
  { seed, thresholds, validation, test }: Seed,
  { target, delta }: { target: ThresholdTarget; delta: number },
): SeedChoice {
  const found =
    target.kind === 'accuracy'
      ? { index: cheapestWithin(validation, target.drop), p: null }
      : guaranteedThreshold(validation.losses.slice(0, -1), {
          samples: validation.samples,
          tolerated: target.tolerated,
          delta,
        })
  const at = found.index ?? thresholds.length
  return {
    seed,
    threshold: thresholds[at] ?? null,
    p: found.p,
    validationRisk: validation.losses[at]! / validation.samples,
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
