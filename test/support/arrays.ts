import { expect } from 'vitest'

/** Largest difference of two arrays, relative to max(1, |expected|). */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!))
    // NaN is never larger than anything, and would pass.
    if (!(difference <= largest)) largest = difference
  }
  return largest
}

/** Expects equal lengths and every value within `tolerance`, relative to max(1, |expected|). */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  expect(largestDifference(actual, expected)).toBeLessThanOrEqual(tolerance)
}
