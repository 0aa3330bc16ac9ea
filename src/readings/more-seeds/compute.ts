import type { z } from 'zod'
import { criticalT, twoSidedP } from '../../engine/evaluation/student.ts'
import { familiesOf } from '../differences/compute.ts'
import { significanceLevel } from '../differences/pair.ts'
import type { differencesQuestion, SeriesDifference } from '../differences/schema.ts'
import type { ReadingSources } from '../sources.ts'
import { furtherSeeds, mostSeeds, type MoreSeedsAnswer, type Outlook } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  question: z.output<typeof differencesQuestion>,
): Promise<MoreSeedsAnswer> {
  const { atBudgets, ...answer } = familiesOf(await sources.runs(question), question)
  return {
    ...answer,
    rule: sources.ruleOf(question),
    atBudgets: atBudgets.map(({ budget, families }) => ({
      budget,
      pairs: families.flatMap(({ size, pairs }) => pairs.map((pair) => outlookOf(pair, size))),
    })),
  }
}

/**
 * Expected of a pair with mean difference d̄ and deviation s over n seeds, if both stay: the half-width
 * `t₀.₉₇₅(n + k − 1) · s / √(n + k)` with k further seeds, and the fewest k ≥ 1 at which the p of `d̄ √(n + k) / s`, times the number
 * of pairs of its family (Bonferroni's correction, never below Holm's), is below 0.05. Where differences do not vary nothing is expected.
 */
export function outlookOf(pair: SeriesDifference, familySize: number): Outlook {
  const { experiment, first, second, difference, low, high, pairCount, adjustedP } = pair
  const deviation = low === null || high === null ? null : deviationOf((high - low) / 2, pairCount)
  const decided = adjustedP !== null && adjustedP < significanceLevel
  return {
    ...{ experiment, first, second, difference, pairCount, decided },
    halfWidths: furtherSeeds.map((more) => deviation && halfWidth(deviation, pairCount + more)),
    needed: decided || deviation === null ? null : seedsToDecide({ difference, deviation, pairCount, familySize }),
  }
}

const halfWidth = (deviation: number, seeds: number) => (criticalT(0.95, seeds - 1) * deviation) / Math.sqrt(seeds)

/** The inverse of `halfWidth`. */
const deviationOf = (margin: number, seeds: number) => (margin * Math.sqrt(seeds)) / criticalT(0.95, seeds - 1)

interface Undecided {
  difference: number
  deviation: number
  pairCount: number
  familySize: number
}

function seedsToDecide({ difference, deviation, pairCount, familySize }: Undecided): number | null {
  for (let more = 1; more <= mostSeeds; more++) {
    const seeds = pairCount + more
    const p = twoSidedP((difference * Math.sqrt(seeds)) / deviation, seeds - 1)
    // With two seeds nothing is tested.
    if (seeds > 2 && p * familySize < significanceLevel) return more
  }
  return null
}
