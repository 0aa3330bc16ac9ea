import type { SearchScore } from '../../../shared/runs/search-record.ts'
import type { Metric } from '../../../shared/methods/metric.ts'
import { mean, standardDeviation } from '../../../shared/statistics/statistics.ts'
import { eta } from './rungs.ts'

/** What scores are values of. */
export type Scale = Pick<Metric, 'unit' | 'higherIsBetter'>

/** By how much one candidate is better than another, with the standard error of that; null where it is not known. */
interface Lead {
  lead: number
  error: number | null
}

/** The scores of a rung, the best first, and who goes on. */
export interface Promotion {
  ranked: SearchScore[]
  /** The first so many go on. */
  best: number
  /** Those behind them that are within one standard error of the last of them, in order. */
  within: (Lead & { candidate: number })[]
}

/** Equals stay in the order of the experiment. */
export function rankedScores(scores: readonly SearchScore[], { higherIsBetter }: Scale): SearchScore[] {
  const sign = higherIsBetter ? -1 : 1
  const inOrder = scores.toSorted((a, b) => a.candidate - b.candidate)
  return inOrder.toSorted((a, b) => sign * (mean(a.values) - mean(b.values)))
}

/** The best 1/η of a rung go on, and whoever the rung does not tell from the last of them by more than one standard error. */
export function promotionOf(scores: readonly SearchScore[], entrants: number, scale: Scale): Promotion {
  const ranked = rankedScores(scores, scale)
  const best = Math.min(ranked.length, Math.ceil(entrants / eta))
  const last = ranked[best - 1]
  const within = ranked.slice(best).flatMap((score) => {
    const behind = leadOf(last!, score, scale)
    return behind.error !== null && behind.lead <= behind.error ? [{ candidate: score.candidate, ...behind }] : []
  })
  return { ranked, best, within }
}

/** The rung that follows: one candidate alone has nothing to be compared with before its full training. */
export const placeAfter = (
  { best, within }: Pick<Promotion, 'best' | 'within'>,
  { rung }: { rung: number },
  { plan }: { plan: readonly unknown[] },
): number => (best + within.length === 1 ? plan.length - 1 : rung + 1)

/** Paired by seed; of one seed the error is that of two shares of the validation samples. */
export function leadOf(first: SearchScore, second: SearchScore, scale: Scale): Lead {
  const sign = scale.higherIsBetter ? 1 : -1
  const differences = first.values.map((value, seed) => sign * (value - second.values[seed]!))
  const errors = [first, second].map((score) => standardError(score, scale))
  const ofOne = errors.includes(null) ? null : Math.hypot(...(errors as number[]))
  return { lead: mean(differences), error: errorOfMean(differences) ?? ofOne }
}

/** Of the mean over seeds; of one seed that of a share of the validation samples; null of another value. */
export function standardError({ values, samples }: SearchScore, { unit }: Scale): number | null {
  const overSeeds = errorOfMean(values)
  if (overSeeds !== null || unit !== '%') return overSeeds
  const share = values[0]! / 100
  return 100 * Math.sqrt((share * (1 - share)) / samples)
}

/** A score as it is shown. */
export const meanScore = (score: SearchScore, scale: Scale) => ({
  mean: mean(score.values),
  error: standardError(score, scale),
  n: score.values.length,
})

/** `s / √n`; null below two values. */
function errorOfMean(values: readonly number[]): number | null {
  const deviation = standardDeviation(values)
  return deviation === null ? null : deviation / Math.sqrt(values.length)
}
