import type { RiskKind } from '../../../shared/risk.ts'
import type { ClassifiedRun } from '../../../main/engine/evaluation/scored-run.ts'

/** The loss of every exit and sample, 0 or 1: [exits, samples]. That of the final exit is 0. */
export function lossesOf({ predictions, scored }: Pick<ClassifiedRun, 'predictions' | 'scored'>, kind: RiskKind) {
  const { exitCount, sampleCount, classes } = predictions
  const final = (exitCount - 1) * sampleCount
  return Uint8Array.from(classes, (predicted, at) => {
    const atFinal = final + (at % sampleCount)
    if (kind === 'inconsistency') return Number(predicted !== classes[atFinal])
    return Number(scored.correct![atFinal]! > scored.correct![at]!)
  })
}

/** A threshold that was chosen by test. */
export interface GuaranteedThreshold {
  /** Of the thresholds; null: none passed, so that everything goes on to the final exit. */
  index: number | null
  /** p of the chosen one, of the first one where none passed. */
  p: number
}

/**
 * The least threshold with `P(risk ≤ tolerated) ≥ 1 − delta`: thresholds are tested from the highest down by the exact binomial test
 * `p = P(Bin(n, tolerated) ≤ losses)`, and the last one before the first p > delta is chosen (fixed-sequence testing: learn then test,
 * Angelopoulos et al. 2021; for early exits Jazbec et al. 2024). `lossCounts`: losses among the n calibration samples at each
 * threshold, ascending thresholds, which may not depend on these samples.
 */
export function guaranteedThreshold(
  lossCounts: ArrayLike<number>,
  { samples, tolerated, delta }: { samples: number; tolerated: number; delta: number },
): GuaranteedThreshold {
  let chosen: GuaranteedThreshold | null = null
  for (let index = lossCounts.length - 1; index >= 0; index--) {
    const p = binomialCdf(lossCounts[index]!, samples, tolerated)
    if (p > delta) return chosen ?? { index: null, p }
    chosen = { index, p }
  }
  return chosen!
}

/** `P(Bin(n, p) ≤ count)`, summed term by term in logarithms. */
export function binomialCdf(count: number, n: number, p: number): number {
  if (count >= n) return 1
  let term = n * Math.log1p(-p)
  let sum = Math.exp(term)
  for (let i = 0; i < count; i++) {
    term += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p)
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/** The interval of Clopper and Pearson (1934) of a share that was seen `count` times in n: exact, 95 % by default. */
export function exactInterval(count: number, n: number, confidence = 0.95): [low: number, high: number] {
  const tail = (1 - confidence) / 2
  const low = count === 0 ? 0 : rootOf((p) => 1 - binomialCdf(count - 1, n, p) - tail)
  const high = count === n ? 1 : rootOf((p) => tail - binomialCdf(count, n, p))
  return [low, high]
}

/** Where an increasing function of 0 … 1 crosses zero, by bisection. */
function rootOf(rising: (p: number) => number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (rising(middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
