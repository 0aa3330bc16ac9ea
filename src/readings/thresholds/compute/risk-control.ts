import type { SampleValues } from '../../../engine/evaluation/scored-exits.ts'
import type { ScoredSplit } from '../../../engine/evaluation/whole-split.ts'
import type { RiskKind } from '../../../shared/statistics/risk.ts'

/** What a loss is. */
export interface Risk {
  kind: RiskKind
  /** Of `difference`: the squared difference from which on the loss is 1. */
  bound: number
}

/**
 * The loss of every exit and sample, which of the final exit is 0: [exits, samples]. 0 or 1; of `difference` the squared difference
 * from the final exit's value, at most the bound, divided by it.
 */
export function lossesOf({ predictions, scored }: ScoredSplit, { kind, bound }: Risk): SampleValues {
  const final = (scored.exitCount - 1) * scored.sampleCount
  const finalOf = (at: number) => final + (at % scored.sampleCount)
  if (kind === 'difference') {
    const { predicted } = scored
    return predicted!.map((value, at) => Math.min((value - predicted![finalOf(at)]!) ** 2, bound) / bound)
  }
  const { classes } = predictions!
  return Uint8Array.from(classes, (predicted, at) => {
    if (kind === 'inconsistency') return Number(predicted !== classes[finalOf(at)])
    return Number(scored.correct![finalOf(at)]! > scored.correct![at]!)
  })
}

/** A threshold that was chosen by test. */
interface GuaranteedThreshold {
  /** Of the thresholds; null: none passed, so that everything goes on to the final exit. */
  index: number | null
  /** p of the chosen one, of the first one where none passed. */
  p: number
}

/** `p` of the null hypothesis that a mean loss is above `tolerated`, from the sum of n losses. */
export type RiskTest = (sum: number, n: number, tolerated: number) => number

/**
 * The least threshold with `P(risk ≤ tolerated) ≥ 1 − delta`: thresholds are tested from the highest down, and the last one before the
 * first p > delta is chosen (fixed-sequence testing: learn then test, Angelopoulos et al. 2021; for early exits Jazbec et al. 2024).
 * `losses`: their sum over the n calibration samples at each threshold, ascending thresholds, which may not depend on these samples.
 * `test`: for losses of 0 or 1 the exact binomial test.
 */
export function guaranteedThreshold(
  losses: ArrayLike<number>,
  asked: { samples: number; tolerated: number; delta: number; test?: RiskTest },
): GuaranteedThreshold {
  const { samples, tolerated, delta, test = binomialCdf } = asked
  let chosen: GuaranteedThreshold | null = null
  for (let index = losses.length - 1; index >= 0; index--) {
    const p = test(losses[index]!, samples, tolerated)
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

/**
 * For losses in 0 … 1 (Bates et al. 2021, the bound of Hoeffding and Bentkus): with r their mean and
 * `h(a, b) = a·ln(a/b) + (1 − a)·ln((1 − a)/(1 − b))`, `p = min(exp(−n·h(min(r, tolerated), tolerated)), e·P(Bin(n, tolerated) ≤ ⌈n·r⌉))`.
 */
export function hoeffdingBentkus(sum: number, n: number, tolerated: number): number {
  const mean = Math.min(sum / n, tolerated)
  const term = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b))
  const hoeffding = Math.exp(-n * (term(mean, tolerated) + term(1 - mean, 1 - tolerated)))
  return Math.min(hoeffding, Math.E * binomialCdf(Math.ceil(sum), n, tolerated))
}

/** The means of losses in 0 … 1 that neither tail of this bound refuses: at least 95 %, whatever their distribution. */
export function boundedInterval(sum: number, n: number): [low: number, high: number] {
  const above = (of: number) => (of === n ? 1 : rootOf((mean) => 0.025 - hoeffdingBentkus(of, n, mean)))
  return [1 - above(Math.max(0, n - sum)), above(sum)]
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
