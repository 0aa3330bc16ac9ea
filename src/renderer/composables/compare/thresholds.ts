import type { ExitRuleChoice } from '../../../contract/evaluations.ts'

export type ThresholdRange = ExitRuleChoice['thresholds']

/** The same range in steps of a power of ten, for people: sweeps go in 99ths. */
export function inRoundSteps({ low, high, step }: ThresholdRange): ThresholdRange {
  return { low, high, step: step === 0 ? 0 : 10 ** Math.floor(Math.log10(step) + 1e-9) }
}

/** Initial threshold: most of the way to the strictest one, on a step of the range. */
export function firstThreshold(range: ThresholdRange): number {
  return onStep(range.low + 0.7 * (range.high - range.low), range)
}

/** The nearest step of the range. */
export function onStep(value: number, { low, high, step }: ThresholdRange): number {
  if (step === 0) return low
  const steps = Math.round((value - low) / step)
  return Number(Math.min(high, Math.max(low, low + steps * step)).toFixed(6))
}

/** Thresholds of a text, on steps of the range: at least one; more than one only where there is one for each exit but the final. */
export function thresholdsOf(text: string | null, range: ThresholdRange | null, exitCount: number): readonly number[] {
  if (range === null) return [0]
  const values = (text ?? '')
    .split(',')
    .filter((word) => word !== '')
    .map(Number)
    .filter(Number.isFinite)
  if (values.length === 0) return [firstThreshold(range)]
  const sound = values.map((value) => onStep(value, range))
  return sound.length === exitCount - 1 ? sound : sound.slice(0, 1)
}

/** As questions have them: one for all exits, or one for each exit but the final. */
export const oneOrEach = (thresholds: readonly number[]): number | number[] =>
  thresholds.length > 1 ? [...thresholds] : thresholds[0]!

/** One for each exit but the final one: the given thresholds, else the common one. */
export function perExit(thresholds: readonly number[], common: number, exitCount: number): number[] {
  return Array.from({ length: Math.max(0, exitCount - 1) }, (_, exit) => thresholds[exit] ?? common)
}

/** Decimals in which a threshold of the range is written. */
export function thresholdDigits({ step }: ThresholdRange): number {
  return step === 0 ? 0 : Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))
}
