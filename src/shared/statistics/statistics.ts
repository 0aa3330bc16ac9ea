import type { MeanStd } from '../evaluation/evaluation.ts'

/** Arithmetic mean. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Unbiased standard deviation `√(Σ(x − x̄)² / (n − 1))`; null below two values. */
export function standardDeviation(values: ArrayLike<number>): number | null {
  if (values.length < 2) return null
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2
  return Math.sqrt(squares / (values.length - 1))
}

/** Mean and unbiased standard deviation, usually over seeds. */
export function meanStd(values: ArrayLike<number>): MeanStd {
  return { mean: mean(values), std: standardDeviation(values) }
}

/** Of any number of values: a call of `Math.max` takes some hundred thousand. */
export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity)

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The element-wise mean of equally long arrays, usually one array a seed. */
export function meanOfArrays(arrays: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from({ length: arrays[0]!.length }, (_, i) => mean(arrays.map((array) => array[i]!)))
}

/** Minimum and maximum of any number of values; undefined for none. */
export function extent(values: Iterable<number>): [] | [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)]
  return low > high ? [] : [low, high]
}
