import type { ClaimDifference } from '../../../../shared/paper/paper-report.ts'
import { mean } from '../../../../shared/statistics/statistics.ts'
import { meanPairedDifference } from '../../../../engine/pure.ts'
import type { Expectation } from './read-claims.ts'

/** What a contrast adds and subtracts at a seed. */
export interface SeedSum {
  seed: number
  added: number
  subtracted: number
}

/** The mean of several contrasts at each seed that all of them have. */
export function meanOf(contrasts: readonly (readonly SeedSum[])[]): SeedSum[] {
  const [first = [], ...others] = contrasts
  return first.flatMap((sum) => {
    const same = others.flatMap((each) => each.find(({ seed }) => seed === sum.seed) ?? [])
    if (same.length < others.length) return []
    const all = [sum, ...same]
    const [added, subtracted] = [mean(all.map((each) => each.added)), mean(all.map((each) => each.subtracted))]
    return [{ seed: sum.seed, added, subtracted }]
  })
}

/** A contrast on runs that are independent of those of other samples, and its weight among them; the weights add up to 1. */
export interface SeedSample {
  weight: number
  sums: readonly SeedSum[]
}

/**
 * A contrast over the seeds of independent samples with its 95 % t interval. p (two-sided) is of the distance to the bound that it violates;
 * where it violates none, the larger p of its bounds: within them, it has to be clear of both. Null where a sample has no seeds.
 */
export function overSeeds(samples: readonly SeedSample[], expected: Expectation): ClaimDifference | null {
  if (samples.length === 0 || samples.some(({ sums }) => sums.length === 0)) return null
  const against = (bound: number) =>
    meanPairedDifference(
      samples.map(({ weight, sums }) => ({
        weight,
        first: sums.map(({ added }) => added),
        second: sums.map(({ subtracted }) => subtracted + bound),
      })),
    )
  const { difference, low, high, untested, pairCount: n } = against(0)
  const bounds = violated(difference, expected) ?? [expected.low, expected.high].filter(Number.isFinite)
  const p = untested === null ? Math.max(...bounds.map((bound) => against(bound).p ?? 1)) : null
  return { difference, low, high, p, untested, n }
}

/** Rounding of printed values: differences of values with two decimals are exact to this. */
const rounding = 1e-9

/** The bound that a difference violates; null: it is as expected. */
function violated(difference: number, { low, high }: Expectation): [number] | null {
  if (difference < low - rounding) return [low]
  return difference > high + rounding ? [high] : null
}

export const isAsExpected = (difference: number, expected: Expectation): boolean =>
  violated(difference, expected) === null
